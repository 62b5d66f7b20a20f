    def forward(self, @LOGIT@@GIVEN@, *, weight=None, normalizer=None):
        """The loss where every logit has targets.

        @LOGIT@: [..., classes]@GIVEN_SHAPES@. weight: a factor of each logit, of a shape that broadcasts. normalizer: a
        number to divide the sum by in place of the recipe's, a mean over several processes, say.
        """
        value = self._values(@LOGIT@@GIVEN@)
        result = self._reduced(value, weight, normalizer, @RECIPE@)
@MOVE@        return result

    def sparse(self, @LOGIT@, labels, quality=None, *, weight=None, normalizer=None):
        """The loss where each anchor has one class at most.

        @LOGIT@: [..., classes]. labels: [...], a class from 0, or -1 for background, or -2 for an anchor that counts for
        nothing. quality: [...], what is given at the anchor's class; 1 if missing. Everywhere else 0 is given.
        """
        labels = labels.long()
        anchors = _numbers((torch.ones_like(labels) if quality is None else quality,), @LOGIT@)[0]
        at_label = torch.zeros_like(@LOGIT@, dtype=anchors.dtype)
        place = torch.clamp(labels, min=0).unsqueeze(-1)
        chosen = (labels >= 0).unsqueeze(-1)
@SPARSE@
        counted = (labels != -2).unsqueeze(-1).expand_as(@LOGIT@).to(anchors.dtype)
        weight = counted if weight is None else weight * counted
        value = self._values(@LOGIT@@GIVEN@)
        result = self._reduced(value, weight, normalizer, @SPARSE_RECIPE@)
@MOVE@        return result
