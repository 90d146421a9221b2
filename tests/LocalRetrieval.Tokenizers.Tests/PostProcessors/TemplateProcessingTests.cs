namespace LocalRetrieval.Tokenizers.Tests.PostProcessors;

public sealed class TemplateProcessingTests
{
    private const string Template =
        """
        { "type": "TemplateProcessing",
          "single": [{ "SpecialToken": { "id": "<two>", "type_id": 5 } }, { "Sequence": { "id": "A", "type_id": 4 } }],
          "pair": [{ "Sequence": { "id": "B", "type_id": 0 } }, { "SpecialToken": { "id": "<two>", "type_id": 1 } },
                   { "Sequence": { "id": "A", "type_id": 2 } }, { "Sequence": { "id": "B", "type_id": 3 } }],
          "special_tokens": { "<two>": { "id": "<two>", "ids": [2, 3], "tokens": ["[CLS]", "[SEP]"] } } }
        """;

    private static Tokenizer Tokenizer { get; } = new TinyTokenizer().Set("post_processor", Template).Load();

    [Fact]
    public void Encode_TokenOfSeveralIds_AddsThemAll()
    {
        TokenEncoding encoding = Tokenizer.Encode("hello");

        Assert.Equal([2, 3, 5], encoding.Ids);
        Assert.Equal([5, 5, 4], encoding.TypeIds);
        Assert.Equal([1, 1, 0], encoding.SpecialTokensMask);
        Assert.Equal(2, Tokenizer.CountSpecialTokens(pair: false));
    }

    [Fact]
    public void Encode_TextTwiceInTemplate_IsThereTwice()
    {
        TokenEncoding encoding = Tokenizer.Encode("hello", "a b");
        int[] ids = new int[7];
        int[] typeIds = new int[7];
        Tokenizer.BuildInputs([5], [10, 11], ids, typeIds);

        Assert.Equal([10, 11, 2, 3, 5, 10, 11], encoding.Ids);
        Assert.Equal([0, 0, 1, 1, 2, 3, 3], encoding.TypeIds);
        Assert.Equal([1, 1, null, null, 0, 1, 1], encoding.SequenceIds);
        Assert.Equal(encoding.Ids, ids);
        Assert.Equal(encoding.TypeIds, typeIds);
    }

    [Fact]
    public void Encode_NoSpecialTokens_KeepsTypeIdsOfTheTemplate()
    {
        TokenEncoding encoding = Tokenizer.Encode("hello", options: new EncodeOptions { AddSpecialTokens = false });

        Assert.Equal([5], encoding.Ids);
        Assert.Equal([4], encoding.TypeIds);
    }

    [Fact]
    public void Encode_Overflow_KeepsTypeIdOfItsText()
    {
        TokenEncoding encoding = Tokenizer.Encode("hello world", options: new EncodeOptions { Truncation = new() { MaxLength = 3 } });

        Assert.Equal([5, 5, 4], encoding.TypeIds);
        Assert.Equal([5, 5, 0], Assert.Single(encoding.Overflow).TypeIds);
    }
}
