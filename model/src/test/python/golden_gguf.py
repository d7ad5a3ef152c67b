"""Writes the golden file of GgufFileTest: blocks of random bytes in every element type, and what gguf-py reads from them.

    pip install gguf numpy
    python golden_gguf.py ../resources/io/loremesh/model/checkpoint/golden/elements.gguf
"""

import sys

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType as T, GGUFWriter
from gguf.quants import dequantize

random = np.random.default_rng(5)
writer = GGUFWriter(sys.argv[1], "golden")
writer.add_string("golden.text", "weights 权重")
writer.add_array("golden.integers", [3, -1, 7])
writer.add_array("golden.texts", ["", "a", "乙"])
writer.add_float32("golden.real", 0.5)
writer.add_bool("golden.flag", True)
HALVES = {  # where the half-precision scales of a block stand: random bits there would be infinite now and then
    T.Q4_0: [0], T.Q4_1: [0, 2], T.Q5_0: [0], T.Q5_1: [0, 2], T.Q8_0: [0],
    T.Q2_K: [80, 82], T.Q3_K: [108], T.Q4_K: [0, 2], T.Q5_K: [0, 2], T.Q6_K: [208],
}
for kind in [T.F32, T.F16, T.BF16, *HALVES]:
    elements, size = GGML_QUANT_SIZES[kind]
    if kind in HALVES:
        blocks = random.integers(0, 256, (3, 2, size), dtype=np.uint8)
        for at in HALVES[kind]:
            scales = random.normal(0, 0.1, (3, 2, 1)).astype(np.float16)
            blocks[:, :, at : at + 2] = scales.view(np.uint8)
        raw = blocks.reshape(3, 2 * size)
    else:
        values = random.normal(0, 1, (3, 6)).astype(np.float32)
        if kind == T.F16:
            raw = values.astype(np.float16)
        elif kind == T.BF16:
            raw = (values.view(np.uint32) >> 16).astype(np.uint16).view(np.uint8)
        else:
            raw = values
    expected = dequantize(raw.view(np.uint8) if kind not in (T.F32, T.F16) else raw, kind).astype(np.float32)
    writer.add_tensor(kind.name, raw, raw_dtype=kind)
    writer.add_tensor(kind.name + ".expected", expected)
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
