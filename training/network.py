"""The network that learns: sums of table rows, the meaning of the word, four convolutions, one tag a word.

The run-time twin, in numpy, is ``egide/detection/names/network.py``; ``export.py`` leads there.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from corpora import TAGGED
from egide.detection.names.features import FLAGS, FORMS, HASHED, NO_EVIDENCE

HASH, MEANING, FORM = 64, 32, 32
WIDTH = HASH + MEANING + FORM
DILATIONS = (1, 2, 4, 8)
TAGS = 1 + 2 * len(TAGGED)


class Tagger(nn.Module):
    """Words of texts to weights of tags. Texts of a batch stand one after the other, apart by padding."""

    def __init__(self, dropout: float = 0.12) -> None:
        super().__init__()
        self.pieces = nn.EmbeddingBag(HASHED, HASH, mode="sum")
        self.flags = nn.Linear(FLAGS, HASH)
        self.forms = nn.EmbeddingBag(FORMS, FORM, mode="sum")
        nn.init.normal_(self.pieces.weight, std=0.1)
        nn.init.normal_(self.forms.weight, std=0.2)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, 3, padding=dilation, dilation=dilation) for dilation in DILATIONS
        )
        self.tags = nn.Linear(WIDTH, TAGS)
        self.dropout = nn.Dropout(dropout)

    def forward(self, rows: Tensor, flags: Tensor, meaning: Tensor, forms: Tensor, mask: Tensor) -> Tensor:
        """``rows`` [B, T, 6], ``flags`` [B, T, 21], ``meaning`` [B, T, 32], ``forms`` [B, T, 4], and ``mask``
        [B, T], 1 where a word is; gives [B, T, tags]."""
        batch, length = mask.shape
        rows, flags = self._forgetful(rows, flags)
        word = self.pieces(rows.view(-1, rows.shape[-1])).view(batch, length, -1) + self.flags(flags)
        form = self.forms(forms.view(-1, forms.shape[-1])).view(batch, length, -1)
        x = torch.cat((word, meaning, form), dim=2) * mask[:, :, None]
        x = self.dropout(x).transpose(1, 2)
        for number, convolution in enumerate(self.convolutions):
            y = torch.relu(convolution(x)) * mask[:, None, :]
            x = y if number == 0 else x + y
            x = self.dropout(x)
        return self.tags(x.transpose(1, 2))

    def _forgetful(self, rows: Tensor, flags: Tensor) -> tuple[Tensor, Tensor]:
        """While learning, some words are known by their ends alone, and some are in no list."""
        if not self.training:
            return rows, flags
        shape = rows.shape[:2]
        unknown = torch.rand(shape) < 0.2
        rows = rows.clone()
        rows[:, :, 0][unknown] = torch.randint(0, 1 << 15, (int(unknown.sum()),))
        listed = (torch.rand(shape) > 0.05).float()[:, :, None]
        return rows, flags * listed


def without_evidence(forms: Tensor) -> Tensor:
    """``forms`` as if no rule had found anything."""
    forms = forms.clone()
    forms[..., 3] = NO_EVIDENCE
    return forms
