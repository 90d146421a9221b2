"""Packs what the tests need of shared/goldens/fusion/cranfield.json (made by ranx): the two runs and what they fuse to.

usage: python3 pack_goldens.py ../../../../../shared/goldens/fusion/cranfield.json | gzip -n -9 > cranfield.json.gz
"""
import json
import sys

golden = json.load(open(sys.argv[1]))
names = ["rrf_k60", "min_max_sum", "weighted_min_max_0.3_0.7"]
queries = sorted(golden["fused"]["rrf_k60"]["top20"], key=int)
json.dump({
    "source": f"ranx {golden['ranx']}, runs of BM25 (bm25) and a bi-encoder (bi) on Cranfield",
    "runs": {run: {query: golden["runs"][run][query] for query in queries} for run in ["bm25", "bi"]},
    "fused": {name: golden["fused"][name]["top20"] for name in names},
}, sys.stdout)
