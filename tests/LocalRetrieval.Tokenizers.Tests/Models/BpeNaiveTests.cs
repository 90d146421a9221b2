using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalRetrieval.Tokenizers.Tests.Models;

/// <summary>BPE with its cuts, its cache and its queue, beside BPE by its definition, on random models and texts.</summary>
public sealed class BpeNaiveTests
{
    private static readonly string[] Characters = ["\u2581", "a", "b", "c", "é", "😀"];

    /// <summary>With these, the beginning of a text decides what is cached, and every text is asked for twice.</summary>
    private static readonly string[] Alphabet = [.. Characters, "\u2581", "x", "ż"];

    [Theory]
    [InlineData(null, false, false)]
    [InlineData("<unk>", false, false)]
    [InlineData("<unk>", true, false)]
    [InlineData("<unk>", true, true)]
    [InlineData(null, false, true)]
    [InlineData("a", true, true)]
    public void Encode_RandomModelsAndTexts_EqualsTheNaiveTwin(string? unknown, bool fuses, bool bytes)
    {
        Random random = new(7);
        for (int model = 0; model < 60; model++)
        {
            (Dictionary<string, int> vocabulary, List<(string Left, string Right)> merges) = RandomModel(random, bytes);
            NaiveBpe naive = new(vocabulary, merges, unknown, fuses, bytes);
            Tokenizer tokenizer = Load(vocabulary, merges, unknown, fuses, bytes);
            for (int i = 0; i < 60; i++)
            {
                string text = string.Concat(Enumerable.Range(0, random.Next(1, 90)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
                List<(string Token, int Length)> expected = naive.Tokenize(text);
                int[] ids = [.. expected.Select(symbol => vocabulary[symbol.Token])];
                Assert.Equal(ids, tokenizer.EncodeToIds(text));
                TokenEncoding encoding = tokenizer.Encode(text);
                Assert.Equal(ids, encoding.Ids);
                Assert.Equal(Offsets(text, expected), encoding.Offsets);
                Assert.Equal(ids, tokenizer.EncodeToIds(text));
            }
        }
    }

    /// <summary>Some models have merges across a space, some have none.</summary>
    private static (Dictionary<string, int> Vocabulary, List<(string Left, string Right)> Merges) RandomModel(Random random, bool bytes)
    {
        List<string> tokens = ["<unk>", .. Characters];
        if (bytes)
        {
            tokens.AddRange(["<0x78>", "<0xC5>", "<0xBC>"]);
        }

        bool crosses = random.Next(2) == 0;
        bool mergesSubstitutes = random.Next(4) == 0;
        List<(string, string)> merges = [];
        for (int i = 0; i < 200 && merges.Count < 25; i++)
        {
            string left = tokens[random.Next(mergesSubstitutes ? 0 : 1, tokens.Count)];
            string right = tokens[random.Next(1, tokens.Count)];
            bool joinsSpace = right[0] == '\u2581' && left[^1] != '\u2581';
            bool isByte = (left + right).Contains('<', StringComparison.Ordinal);
            if ((left + right).Length > 6 + (isByte ? 6 : 0) || (joinsSpace && !crosses) || (isByte && !mergesSubstitutes))
            {
                continue;
            }

            merges.Add((left, right));
            if (!tokens.Contains(left + right))
            {
                tokens.Add(left + right);
            }
        }

        return (tokens.Select((token, id) => (token, id)).ToDictionary(entry => entry.token, entry => entry.id), merges);
    }

    private static TokenOffset[] Offsets(string text, List<(string Token, int Length)> symbols)
    {
        List<TokenOffset> units = [];
        int index = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            units.AddRange(Enumerable.Repeat(new TokenOffset(index, index + rune.Utf16SequenceLength), rune.Utf8SequenceLength));
            index += rune.Utf16SequenceLength;
        }

        int done = 0;
        return [.. symbols.Select(symbol =>
        {
            int start = done;
            done += symbol.Length;
            return new TokenOffset(units[start].Start, units[done - 1].End);
        })];
    }

    private static Tokenizer Load(
        Dictionary<string, int> vocabulary, List<(string Left, string Right)> merges, string? unknown, bool fuses, bool bytes)
    {
        TinyTokenizer tiny = new();
        foreach (string part in (string[])["normalizer", "pre_tokenizer", "post_processor", "decoder", "added_tokens"])
        {
            tiny.Set(part, null);
        }

        JsonObject model = new()
        {
            ["type"] = "BPE",
            ["vocab"] = JsonSerializer.SerializeToNode(vocabulary),
            ["merges"] = JsonSerializer.SerializeToNode(merges.Select(merge => new[] { merge.Left, merge.Right })),
            ["unk_token"] = unknown,
            ["fuse_unk"] = fuses,
            ["byte_fallback"] = bytes,
        };
        return tiny.Set("model", model.ToJsonString()).Load();
    }
}
