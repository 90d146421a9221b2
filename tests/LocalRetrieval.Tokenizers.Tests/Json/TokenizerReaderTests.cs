using System.Text;

namespace LocalRetrieval.Tokenizers.Tests.Json;

public sealed class TokenizerReaderTests
{
    [Theory]
    [InlineData("version", "\"2.0\"", "$.version is '2.0'", "1.0")]
    [InlineData("normalizer", """{ "type": "Unheard" }""", "$.normalizer.type is 'Unheard'", "BertNormalizer")]
    [InlineData("normalizer", "[]", "$.normalizer is an Array", "an object")]
    [InlineData("normalizer.clean_text", "1", "$.normalizer.clean_text is 1", "true or false")]
    [InlineData("normalizer.lowercase", null, "$.normalizer.lowercase is nothing", "a value")]
    [InlineData("pre_tokenizer", """{ "type": "Unheard" }""", "$.pre_tokenizer.type is 'Unheard'", "BertPreTokenizer")]
    [InlineData("pre_tokenizer.type", null, "$.pre_tokenizer.type is nothing", "a value")]
    [InlineData("post_processor", """{ "type": "Unheard" }""", "$.post_processor.type is 'Unheard'", "TemplateProcessing")]
    [InlineData("post_processor.cls", """["[CLS]"]""", "$.post_processor.cls is an array of 1", "a token and its id")]
    [InlineData("decoder", """{ "type": "Unheard" }""", "$.decoder.type is 'Unheard'", "WordPiece")]
    [InlineData("model", null, "$.model is nothing", "a value")]
    [InlineData("model", """{ "type": "Unheard" }""", "$.model.type is 'Unheard'", "WordPiece")]
    [InlineData("model", """{ "vocab": {} }""", "$.model is a model without a type", "WordPiece")]
    [InlineData("model.vocab", """{ "a": 0 }""", "$.model.unk_token is '[UNK]'", "a token of the vocabulary")]
    [InlineData("model.vocab", """{ "[UNK]": -1 }""", "$.model.vocab['[UNK]'] is -1", "a whole number")]
    [InlineData("model.vocab", """{ "[UNK]": 4294967295 }""", "$.model.vocab['[UNK]'] is 4294967295", "a whole number")]
    [InlineData("model.max_input_chars_per_word", "-1", "$.model.max_input_chars_per_word is -1", "a whole number")]
    [InlineData("added_tokens", "{}", "$.added_tokens is an Object", "an array")]
    [InlineData("added_tokens", """[{ "id": 1, "content": 5 }]""", "$.added_tokens[0].content is 5", "a string")]
    [InlineData("truncation", """{ "max_length": 5, "stride": 0, "strategy": "X" }""", "$.truncation.strategy is 'X'", "LongestFirst")]
    public void Load_UnsupportedField_ThrowsWithFileFieldFoundAndSupported(string path, string? json, string found, string supported)
    {
        TinyTokenizer tiny = new TinyTokenizer().Set(path, json);

        string message = Assert.Throws<InvalidDataException>(() => tiny.Load()).Message;

        Assert.StartsWith("tokenizer.json: ", message, StringComparison.Ordinal);
        Assert.Contains(found, message, StringComparison.Ordinal);
        Assert.Contains(supported, message[message.IndexOf("supported: ", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Sequence": { "id": "B", "type_id": 0 } }""", "$.post_processor.single[0].Sequence.id is 'B'")]
    [InlineData("""{ "Sequence": { "id": "C", "type_id": 0 } }""", "$.post_processor.single[0].Sequence.id is 'C'")]
    [InlineData("""{ "SpecialToken": { "id": "[X]", "type_id": 0 } }""", "$.post_processor.special_tokens.[X] is nothing")]
    [InlineData("""{ "SpecialToken": { "id": "[BAD]", "type_id": 0 } }""", "$.post_processor.special_tokens.[BAD] is 1 ids for 2 tokens")]
    public void Load_TemplateThatCannotBeFilled_Throws(string piece, string found)
    {
        TinyTokenizer tiny = new TinyTokenizer().Set(
            "post_processor",
            $$"""
            { "type": "TemplateProcessing", "single": [{{piece}}], "pair": [],
              "special_tokens": { "[BAD]": { "id": "[BAD]", "ids": [1], "tokens": ["a", "b"] } } }
            """);

        Assert.Contains(found, Assert.Throws<InvalidDataException>(() => tiny.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MalformedJson_ThrowsWithFileAndPosition()
    {
        using MemoryStream stream = new("{\n  \"version\": 1.0.0\n}"u8.ToArray());

        string message = Assert.Throws<InvalidDataException>(() => Tokenizer.Load(stream)).Message;

        Assert.Contains("tokenizer.json: malformed JSON at line 2, byte 17", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TextOfLoneSurrogate_Throws()
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes("""{ "model": { "type": "\ud800" } }"""));

        string message = Assert.Throws<InvalidDataException>(() => Tokenizer.Load(stream)).Message;

        Assert.Contains("$.model.type holds text that is not well-formed", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UntypedWordPiece_IsRead()
    {
        Tokenizer tokenizer = new TinyTokenizer().Set("model.type", null).Load();

        Assert.Equal([5, 6], tokenizer.EncodeToIds("hello world"));
    }

    [Theory]
    [InlineData("normalizer")]
    [InlineData("pre_tokenizer")]
    [InlineData("post_processor")]
    [InlineData("decoder")]
    [InlineData("added_tokens")]
    public void Load_OptionalPartMissing_IsRead(string part)
    {
        Assert.Equal([5], new TinyTokenizer().Set(part, null).Load().EncodeToIds("hello"));
        Assert.Equal([5], new TinyTokenizer().Set(part, "null").Load().EncodeToIds("hello"));
    }
}
