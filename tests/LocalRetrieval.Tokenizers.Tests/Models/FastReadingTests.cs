using System.Text.Json;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Models;

namespace LocalRetrieval.Tokenizers.Tests.Models;

/// <summary>What is read straight from the bytes of a file is what one gets by walking its elements.</summary>
public sealed class FastReadingTests
{
    [Theory]
    [InlineData("bert-base-multilingual-cased")]
    [InlineData("roberta-base")]
    public void VocabularyRead_RealFile_EqualsElements(string name)
    {
        JsonElement model = Model(name);

        Vocabulary vocabulary = Vocabulary.Read(Field(model.GetProperty("vocab")));

        Dictionary<string, int> expected = [];
        foreach (JsonProperty entry in model.GetProperty("vocab").EnumerateObject())
        {
            expected[entry.Name] = entry.Value.GetInt32();
        }

        Assert.Equal(expected, new Dictionary<string, int>(vocabulary.Entries));
        Assert.All(expected, entry => Assert.Equal(entry.Key, vocabulary.Token(entry.Value)));
        Assert.Equal(expected.Values.Max(), vocabulary.MaxId);
        Assert.Null(vocabulary.Token(vocabulary.MaxId + 1));
        Assert.Null(vocabulary.Token(-1));
    }

    [Theory]
    [InlineData("roberta-base", false)]
    [InlineData("roberta-base", true)]
    [InlineData("phi-3", false)]
    [InlineData("phi-3", true)]
    public void MergeReader_RealFile_EqualsElements(string name, bool asPairs)
    {
        JsonElement model = Model(name);
        Vocabulary vocabulary = Vocabulary.Read(Field(model.GetProperty("vocab")));
        string[][] pairs = [.. model.GetProperty("merges").EnumerateArray()
            .Select(merge => merge.ValueKind == JsonValueKind.Array ? merge.Deserialize<string[]>()! : merge.GetString()!.Split(' '))];
        JsonElement section = asPairs
            ? JsonSerializer.SerializeToElement(pairs)
            : JsonSerializer.SerializeToElement(pairs.Select(pair => string.Join(' ', pair)));

        BpeMergeTable table = new BpeMergeReader(vocabulary, "").Read(Field(section));

        for (int rank = 0; rank < pairs.Length; rank++)
        {
            (int left, int right) = (vocabulary.Id(pairs[rank][0])!.Value, vocabulary.Id(pairs[rank][1])!.Value);
            Assert.Equal(rank, table.Rank(left, right, out int merged));
            Assert.Equal(vocabulary.Id(string.Concat(pairs[rank])), merged);
        }
    }

    [Theory]
    [InlineData("t5-small")]
    [InlineData("synth-xlmr")]
    public void PieceReader_RealFile_EqualsElements(string name)
    {
        JsonElement section = Model(name).GetProperty("vocab");

        (string[] tokens, double[] scores) = UnigramPieceReader.Read(Field(section));

        Assert.Equal(section.EnumerateArray().Select(piece => piece[0].GetString()), tokens);
        Assert.Equal(section.EnumerateArray().Select(piece => ReferenceNumber.Parse(piece[1].GetRawText())), scores);
    }

    private static JsonField Field(JsonElement value) => new("tokenizer.json", "$", value);

    private static JsonElement Model(string name)
    {
        using Stream content = TestData.OpenGZipped(TestData.Path(name, "tokenizer.json.gz"));
        return JsonDocument.Parse(content).RootElement.GetProperty("model");
    }
}
