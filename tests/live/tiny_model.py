"""Makes a language model of 2 MB that llama.cpp can run.

It knows nothing but which piece follows which: enough to fill any form it is held to with words,
and to come to an end soon. Run as a script, with the file to write.
"""

from __future__ import annotations

import sys
from pathlib import Path

import gguf
import numpy as np

HERO = "林夏"
"""All that it says begins with this name."""

SPACED = "star signal ship Mia Bolt home night light door sea old quiet finds leaves"
JOINED = "星空 信号 飞船 宇航员 机器人 回家 夜里 灯光 大海 ， 。 、 孤独 发现 离开 的 她 在 了"
WORDS = [HERO, *(f"▁{word}" for word in SPACED.split()), *JOINED.split()]
CONTROLS = ["<unk>", "<s>", "</s>"]
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
CHARACTERS = ["▁", *map(chr, range(0x21, 0x7F))]
PIECES = CONTROLS + BYTES + CHARACTERS + WORDS
PLACE = {piece: place for place, piece in enumerate(PIECES)}

WIDTH, HEAD = 448, 64
NEVER = -30.0


def places(pieces: list[str] | str) -> list[int]:
    """Where the pieces stand in the vocabulary."""
    return [PLACE[piece] for piece in pieces]


def likelihood() -> np.ndarray:
    """In the row of a piece: how likely every other is to follow it, as logits."""
    after = np.full((len(PIECES), len(PIECES)), -8.0)
    after[:, places([*CONTROLS, *BYTES, *"\\-.eE"])] = NEVER
    after[:, places("▁")] = -12.0
    after[:, places(WORDS)] = 0.0
    after[:, places("123456789")] = -2.0
    after[:, places("n")] = -1.0  # begins null, where that may be
    after[:, places(",")] = -4.0
    after[:, places("]}")] = -3.0
    for piece in WORDS:
        after[PLACE[piece], places('"')] = 2.0
        after[PLACE[piece], places(["\\", "</s>"])] = 1.0
    for piece in "0123456789":
        after[PLACE[piece], places(",]}")] = 3.0
    for piece in ":,[":
        after[PLACE[piece], places('"[{')] = 0.0
    after[PLACE["\\"], places('n"')] = 9.0
    after[PLACE['"'], PLACE[HERO]] = 9.0
    after[PLACE['"'], places('"')] = NEVER  # no text is empty
    after[PLACE["["], places("]")] = NEVER  # nor is a list
    return after


def tensors() -> dict[str, np.ndarray]:
    """A dimension for each piece, a layer that adds nothing, and the table of likelihoods."""
    table = np.zeros((len(PIECES), WIDTH))
    # The norm before it makes √WIDTH of the single 1.
    table[:, : len(PIECES)] = likelihood().T / WIDTH**0.5
    shapes = {
        **dict.fromkeys(("attn_q", "attn_k", "attn_v", "ffn_gate", "ffn_up"), (HEAD, WIDTH)),
        **dict.fromkeys(("attn_output", "ffn_down"), (WIDTH, HEAD)),
    }
    norms = ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm")
    return {
        "token_embd.weight": np.eye(len(PIECES), WIDTH),
        "output.weight": table,
        **{f"{norm}.weight": np.ones(WIDTH) for norm in norms},
        **{f"blk.0.{name}.weight": np.zeros(shape) for name, shape in shapes.items()},
    }


def write(path: Path) -> None:
    """Write the model's file."""
    model = gguf.GGUFWriter(path, "llama")
    model.add_name("tiny")
    model.add_context_length(32768)
    model.add_embedding_length(WIDTH)
    model.add_block_count(1)
    model.add_feed_forward_length(HEAD)
    model.add_head_count(1)
    model.add_key_length(HEAD)
    model.add_value_length(HEAD)
    model.add_rope_dimension_count(HEAD)
    model.add_layer_norm_rms_eps(1e-6)
    add_vocabulary(model)
    for name, tensor in tensors().items():
        model.add_tensor(name, tensor.astype(np.float32))
    model.write_header_to_file()
    model.write_kv_data_to_file()
    model.write_tensors_to_file()
    model.close()


def add_vocabulary(model: gguf.GGUFWriter) -> None:
    """The pieces, and what kind each of them is."""
    kinds = [gguf.TokenType.CONTROL] * len(CONTROLS) + [gguf.TokenType.BYTE] * len(BYTES)
    kinds += [gguf.TokenType.NORMAL] * (len(PIECES) - len(kinds))
    model.add_tokenizer_model("llama")
    model.add_token_list(PIECES)
    model.add_token_scores([0.0] * len(PIECES))
    model.add_token_types(kinds)
    model.add_unk_token_id(PLACE["<unk>"])
    model.add_bos_token_id(PLACE["<s>"])
    model.add_eos_token_id(PLACE["</s>"])


if __name__ == "__main__":
    write(Path(sys.argv[1]))
