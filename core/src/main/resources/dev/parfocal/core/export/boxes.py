    def forward(self, predicted, target, *, weight=None, normalizer=None):
        """The loss of boxes.

        predicted: [..., @WIDTH@], the numbers @PREDICTED_NAMES@. target: [..., @TARGET_WIDTH@], the numbers @GIVEN_NAMES@.
        weight: [...], a factor of each box. normalizer: a number to divide the sum by in place of the recipe's.
        """
        value = self._values(predicted, target)
        result = self._reduced(value, weight, normalizer, @RECIPE@)
@MOVE@        return result
