"""Packs Cranfield and shared/goldens/bm25/cranfield.json (made by bm25s) for the tests. Every document counts in the scores, but of its
words only those that a query asks for, and its length: the queries' words are numbered, and the others only counted.

usage: python3 pack_bm25.py ../../../../../shared | gzip -n -9 > bm25.json.gz
"""
import json
import re
import sys

shared = sys.argv[1]
golden = json.load(open(f"{shared}/goldens/bm25/cranfield.json"))


def read(name):
    return [json.loads(line) for line in open(f"{shared}/eval/cranfield/{name}.jsonl")]


def words(text):
    return re.findall("[a-z0-9]+", text.lower())


numbers = {}
asked = {query["query"] for run in golden["runs"] for query in run["queries"]}
queries = {row["_id"]: [numbers.setdefault(word, len(numbers)) for word in words(row["text"])] for row in read("queries") if row["_id"] in asked}
documents = []
for row in read("corpus"):
    all_words = words(row.get("title", "") + " " + row["text"])
    known = [numbers[word] for word in all_words if word in numbers]
    documents.append({"id": row["_id"], "known": known, "others": len(all_words) - len(known)})
json.dump({"source": golden["source"], "documents": documents, "queries": queries, "runs": golden["runs"]}, sys.stdout, separators=(",", ":"))
