"""The network that learns: sums of table rows, the meaning of the word, four convolutions, one tag a word.

Half way, every word is told what its block of text holds (the mean and the most of each number): whether the
text speaks of somebody or of nobody cannot be read from fifteen words.

The run-time twin, in numpy, is ``egide/detection/names/network.py``; ``export.py`` leads there.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from corpora import TAGGED
from egide.detection.names.features import FLAGS, FORMS, HASHED, NO_EVIDENCE

HASH, MEANING, FORM, OWN = 96, 64, 32, 96
WIDTH = OWN + FORM
_BETWEEN = 256
DILATIONS = (1, 2, 4, 8)
TOLD_AT, BLOCK = 1, 160
TAGS = 1 + 2 * len(TAGGED)


class Tagger(nn.Module):
    """Words of texts to weights of tags. Texts of a batch stand one after the other, apart by padding."""

    def __init__(self, dropout: float = 0.12) -> None:
        super().__init__()
        self.pieces = nn.EmbeddingBag(HASHED, HASH, mode="sum")
        self.flags = nn.Linear(FLAGS, HASH)
        self.forms = nn.EmbeddingBag(FORMS, FORM, mode="sum")
        self.own = nn.Linear(HASH + MEANING, OWN)
        self.own_in, self.own_out = nn.Linear(HASH + MEANING, _BETWEEN), nn.Linear(_BETWEEN, OWN)
        nn.init.normal_(self.pieces.weight, std=0.1)
        nn.init.normal_(self.forms.weight, std=0.2)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, 3, padding=dilation, dilation=dilation) for dilation in DILATIONS
        )
        self.block = nn.Linear(2 * WIDTH, WIDTH)
        self.tags = nn.Linear(WIDTH, TAGS)
        self.dropout = nn.Dropout(dropout)

    def forward(self, rows: Tensor, flags: Tensor, meaning: Tensor, forms: Tensor, mask: Tensor) -> Tensor:
        """``rows`` [B, T, 6], ``flags`` [B, T, 21], ``meaning`` [B, T, 64], ``forms`` [B, T, 4], and ``mask``
        [B, T], 1 where a word is; gives [B, T, tags]."""
        batch, length = mask.shape
        rows, flags = self._forgetful(rows, flags)
        word = self.pieces(rows.view(-1, rows.shape[-1])).view(batch, length, -1) + self.flags(flags)
        form = self.forms(forms.view(-1, forms.shape[-1])).view(batch, length, -1)
        known = torch.cat((word, meaning), dim=2)
        own = self.own(known) + self.own_out(torch.relu(self.own_in(known)))
        x = torch.cat((own, form), dim=2) * mask[:, :, None]
        x = self.dropout(x).transpose(1, 2)
        for number, convolution in enumerate(self.convolutions):
            y = torch.relu(convolution(x)) * mask[:, None, :]
            x = y if number == 0 else x + y
            if number == TOLD_AT:
                x = x + self._told(x, mask)
            x = self.dropout(x)
        return self.tags(x.transpose(1, 2))

    def _told(self, x: Tensor, mask: Tensor) -> Tensor:
        """[B, WIDTH, T] what each word's block holds."""
        batch, width, length = x.shape
        sizes = mask.sum(1).long().clamp(min=1)
        counts = (sizes + BLOCK - 1) // BLOCK
        most = int(counts.max())
        place = torch.arange(length)[None, :] * counts[:, None] // sizes[:, None]
        place = place.clamp(max=most - 1)
        index = place[:, None, :].expand(-1, width, -1)
        held = x * mask[:, None, :]
        total = x.new_zeros(batch, width, most).scatter_add(2, index, held)
        words = x.new_zeros(batch, most).scatter_add(1, place, mask).clamp(min=1)
        top = x.new_zeros(batch, width, most).scatter_reduce(2, index, held, "amax")
        both = torch.cat((total / words[:, None, :], top), dim=1).transpose(1, 2)
        told = torch.relu(self.block(both)).transpose(1, 2)
        return told.gather(2, index) * mask[:, None, :]

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
