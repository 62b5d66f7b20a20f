    def forward(self, @LOGIT@@GIVEN@, *, weight=None, normalizer=None):
        """The loss of rows.

        @LOGIT@: [..., @BINS@]@GIVEN_SHAPES@. weight: [...], a factor of each row. normalizer: a number to divide the sum by
        in place of the recipe's.
        """
        if @LOGIT@.shape[-1] != @BINS@:
            raise ValueError(f"@CLASS@ was exported for rows of @BINS@ logits, not {@LOGIT@.shape[-1]}")
        value = self._values(@LOGIT@@GIVEN@)
        result = self._reduced(value, weight, normalizer, @RECIPE@)
@MOVE@        return result
