using System.Text.Json.Nodes;
using LocalRetrieval.Tokenizers.Models;

namespace LocalRetrieval.Tokenizers.Tests.Models;

public sealed class BpeTests
{
    private const string Vocabulary =
        """{ "<unk>": 0, "a": 1, "b": 2, "c": 3, "ab": 4, "abc": 5, "bc": 6, "<0xC3>": 7, "<0xA9>": 8, "##b": 9, "a</w>": 10, "##b</w>": 11 }""";

    [Theory]
    [InlineData("""["a b", "ab c"]""", "abc", new[] { 5 })]
    [InlineData("""[["a", "b"], ["ab", "c"]]""", "abc", new[] { 5 })]
    [InlineData("""["#version: 0.2", "b c", "a b"]""", "abc", new[] { 1, 6 })]
    [InlineData("""["a b"]""", "ababcc", new[] { 4, 4, 3, 3 })]
    [InlineData("[]", "abc", new[] { 1, 2, 3 })]
    public void EncodeToIds_Merges_AreAppliedByRank(string merges, string text, int[] ids) =>
        Assert.Equal(ids, Load(("merges", merges)).EncodeToIds(text));

    [Theory]
    [InlineData(null, false, false, new[] { 1, 2 })]
    [InlineData("<unk>", false, false, new[] { 1, 0, 0, 2 })]
    [InlineData("<unk>", true, false, new[] { 1, 0, 2 })]
    [InlineData("<unk>", true, true, new[] { 1, 7, 8, 0, 2 })]
    public void EncodeToIds_UnknownCharacters_AreAsTheOptionsSay(string? unknown, bool fuse, bool byteFallback, int[] ids)
    {
        Tokenizer tokenizer = Load(
            ("unk_token", unknown is null ? "null" : $"\"{unknown}\""),
            ("fuse_unk", fuse ? "true" : "false"),
            ("byte_fallback", byteFallback ? "true" : "false"));

        Assert.Equal(ids, tokenizer.EncodeToIds("aé中b"));
    }

    [Fact]
    public void EncodeToIds_UnknownTokenMissing_FailsOnlyWhereItIsNeeded()
    {
        Tokenizer tokenizer = Load(("unk_token", "\"[UNK]\""));

        Assert.Equal([1, 2], tokenizer.EncodeToIds("ab"));
        string message = Assert.Throws<InvalidOperationException>(() => tokenizer.EncodeToIds("aéb")).Message;
        Assert.Contains("'[UNK]'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_BytesOfACharacter_HaveTheOffsetOfTheCharacter()
    {
        TokenEncoding encoding = Load(("byte_fallback", "true")).Encode("aéb");

        Assert.Equal([new(0, 1), new(1, 2), new(1, 2), new(2, 3)], encoding.Offsets);
    }

    [Fact]
    public void Encode_CharacterLeftOut_MovesTheOffsetsAfterIt() =>
        Assert.Equal([new(0, 1), new(1, 2)], Load().Encode("a中b").Offsets);

    [Fact]
    public void EncodeToIds_IgnoreMerges_TakesTheWholeWord()
    {
        Assert.Equal([1, 2, 3], Load().EncodeToIds("abc"));
        Assert.Equal([5], Load(("ignore_merges", "true")).EncodeToIds("abc"));
    }

    [Fact]
    public void EncodeToIds_WordThatIsAToken_IsThatTokenOnlyWhereMergesMakeIt()
    {
        Tokenizer unmerged = Load(("merges", """["b c"]"""));
        Tokenizer merged = Load(("merges", """["a b", "ab c"]"""));
        for (int time = 0; time < 3; time++)
        {
            Assert.Equal([1, 6], unmerged.EncodeToIds("abc"));
            Assert.Equal([5], merged.EncodeToIds("abc"));
            Assert.Equal([new(0, 3)], merged.Encode("abc").Offsets);
        }
    }

    [Fact]
    public void EncodeToIds_TwoTokensOfOneId_AreToldApart()
    {
        Tokenizer tokenizer = Load(
            ("vocab", """{ "a": 1, "b": 2, "ab": 3, "ba": 3 }"""), ("merges", """["a b"]"""));
        for (int time = 0; time < 3; time++)
        {
            Assert.Equal([3], tokenizer.EncodeToIds("ab"));
            Assert.Equal([2, 1], tokenizer.EncodeToIds("ba"));
        }
    }

    [Fact]
    public void EncodeToIds_PrefixAndSuffix_AreAddedToCharacters()
    {
        Tokenizer tokenizer = Load(("continuing_subword_prefix", "\"##\""), ("end_of_word_suffix", "\"</w>\""));

        Assert.Equal([1, 9, 11], tokenizer.EncodeToIds("abb"));
        Assert.Equal([10], tokenizer.EncodeToIds("a"));
    }

    [Theory]
    [InlineData("dropout", "0.1", "$.model.dropout is 0.1")]
    [InlineData("dropout", "\"x\"", "$.model.dropout is \"x\"")]
    [InlineData("merges", """["a x"]""", "$.model.merges[0] is a merge with 'x'")]
    [InlineData("merges", """["a c"]""", "$.model.merges[0] is a merge with 'ac'")]
    [InlineData("merges", """["a b c"]""", "$.model.merges[0] is 'a b c'")]
    [InlineData("merges", """[["a"]]""", "$.model.merges[0] is an array of 1")]
    [InlineData("merges", "{}", "$.model.merges is an Object")]
    public void Load_UnsupportedField_Throws(string field, string json, string found)
    {
        string message = Assert.Throws<InvalidDataException>(() => Load((field, json))).Message;

        Assert.Contains(found, message, StringComparison.Ordinal);
        Assert.Contains("supported: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ByteFallbackWithPrefix_Throws() =>
        Assert.Throws<InvalidDataException>(() => Load(("byte_fallback", "true"), ("continuing_subword_prefix", "\"##\"")));

    [Fact]
    public void Load_DropoutOfZero_IsRead() => Assert.Equal([1], Load(("dropout", "0.0")).EncodeToIds("a"));

    [Fact]
    public void Merge_RandomWords_ScanEqualsQueue()
    {
        Random random = new(1);
        for (int round = 0; round < 300; round++)
        {
            List<(int, int, int)> merges = [];
            for (int merged = 4; merged < 40; merged++)
            {
                merges.Add((random.Next(merged), random.Next(merged), merged));
            }

            BpeMergeTable table = new(merges);
            int[] word = [.. Enumerable.Range(0, random.Next(1, 100)).Select(_ => random.Next(4))];
            BpeWord scanned = Word(word);
            BpeWord queued = Word(word);
            scanned.MergeByScan(table);
            queued.MergeByQueue(table);

            Assert.Equal(scanned.Ids, queued.Ids);
            Assert.Equal(scanned.Lengths, queued.Lengths);
        }
    }

    private static BpeWord Word(int[] ids)
    {
        BpeWord word = new();
        foreach (int id in ids)
        {
            word.Add(id, 1);
        }

        return word;
    }

    private static Tokenizer Load(params (string Field, string Json)[] fields)
    {
        TinyTokenizer tiny = new();
        foreach (string part in (string[])["normalizer", "pre_tokenizer", "post_processor", "decoder", "added_tokens"])
        {
            tiny.Set(part, null);
        }

        JsonObject model = new() { ["type"] = "BPE", ["vocab"] = JsonNode.Parse(Vocabulary), ["merges"] = new JsonArray() };
        foreach ((string field, string json) in fields)
        {
            model[field] = JsonNode.Parse(json);
        }

        return tiny.Set("model", model.ToJsonString()).Load();
    }
}
