using System.Text;

namespace LocalRetrieval.Tokenizers.Tests.Json;

public sealed class TokenizerReaderTests
{
    [Theory]
    [InlineData("version", "\"2.0\"", "$.version is '2.0'", "1.0")]
    [InlineData("normalizer", """{ "type": "Unheard" }""", "$.normalizer.type is 'Unheard'", "BertNormalizer")]
    [InlineData("normalizer", "[]", "$.normalizer is an Array", "an object")]
    [InlineData("normalizer.clean_text", "1", "$.normalizer.clean_text is 1", "true or false")]
    [InlineData("normalizer.lowercase", null, "$.normalizer.lowercase is missing", "a value")]
    [InlineData("pre_tokenizer", """{ "type": "Unheard" }""", "$.pre_tokenizer.type is 'Unheard'", "BertPreTokenizer")]
    [InlineData("pre_tokenizer", """{ "type": "FixedLength", "length": 5 }""", "$.pre_tokenizer.type is 'FixedLength'", "CharDelimiterSplit")]
    [InlineData("pre_tokenizer", """{ "type": "CharDelimiterSplit", "delimiter": "ab" }""", "$.pre_tokenizer.delimiter is 'ab'", "one character")]
    [InlineData("decoder", """{ "type": "CTC" }""", "$.decoder.type is 'CTC'", "BPEDecoder")]
    [InlineData("decoder", """{ "type": "BPEDecoder" }""", "$.decoder.suffix is missing", "a value")]
    [InlineData("pre_tokenizer.type", null, "$.pre_tokenizer is a section without a type", "BertPreTokenizer")]
    [InlineData("post_processor", """{ "type": "Unheard" }""", "$.post_processor.type is 'Unheard'", "TemplateProcessing")]
    [InlineData("post_processor.cls", """["[CLS]"]""", "$.post_processor.cls is an array of 1", "a token and its id")]
    [InlineData("decoder", """{ "type": "Unheard" }""", "$.decoder.type is 'Unheard'", "WordPiece")]
    [InlineData("model", null, "$.model is missing", "a value")]
    [InlineData("model", """{ "type": "Unheard" }""", "$.model.type is 'Unheard'", "WordPiece")]
    [InlineData("model", """{ "unk_id": 0 }""", "$.model is a section without a type", "WordPiece")]
    [InlineData("model.vocab", """{ "[UNK]": -1 }""", "$.model.vocab['[UNK]'] is -1", "a whole number")]
    [InlineData("model.vocab", """{ "[UNK]": 4294967295 }""", "$.model.vocab['[UNK]'] is 4294967295", "a whole number")]
    [InlineData("model.max_input_chars_per_word", "-1", "$.model.max_input_chars_per_word is -1", "a whole number")]
    [InlineData("added_tokens", "{}", "$.added_tokens is an Object", "an array")]
    [InlineData("added_tokens", """[{ "id": 1, "content": 5 }]""", "$.added_tokens[0].content is 5", "a string")]
    [InlineData("normalizer", """{ "type": "Precompiled", "precompiled_charsmap": "?" }""", "precompiled_charsmap is text that is not", "base64")]
    [InlineData("normalizer", """{ "type": "Precompiled", "precompiled_charsmap": "////fwAA" }""", "is 6 bytes that hold no trie", "SentencePiece")]
    [InlineData("normalizer", """{ "type": "Sequence", "normalizers": [{ "type": "X" }] }""", "$.normalizer.normalizers[0].type is 'X'", "NFKC")]
    [InlineData("normalizer", """{ "type": "Prepend", "prepend": "" }""", "$.normalizer.prepend is empty", "not empty")]
    [InlineData("normalizer", """{ "type": "Replace", "pattern": { "Regex": "\\X" }, "content": "" }""", "$.normalizer.pattern.Regex is a regular expression", "lookaround")]
    [InlineData("pre_tokenizer", """{ "type": "Punctuation", "behavior": "X" }""", "$.pre_tokenizer.behavior is 'X'", "MergedWithNext")]
    [InlineData("pre_tokenizer", """{ "type": "Digits" }""", "$.pre_tokenizer.individual_digits is missing", "a value")]
    [InlineData("pre_tokenizer", """{ "type": "Metaspace", "replacement": "ab" }""", "$.pre_tokenizer.replacement is 'ab'", "one character")]
    [InlineData("pre_tokenizer", """{ "type": "Metaspace", "replacement": "_", "prepend_scheme": "X" }""", "prepend_scheme is 'X'", "first")]
    [InlineData("pre_tokenizer", """{ "type": "Metaspace", "replacement": "_", "add_prefix_space": false }""", "add_prefix_space is false", "never")]
    [InlineData("model", """{ "type": "Unigram", "vocab": [["a", 0]], "unk_id": 1 }""", "$.model.unk_id is 1", "the id of a token")]
    [InlineData("model", """{ "type": "Unigram", "vocab": [["a"]], "unk_id": 0 }""", "$.model.vocab[0] is an array of 1", "a token and its score")]
    [InlineData("model", """{ "type": "Unigram", "vocab": [["a", "b"]], "unk_id": 0 }""", "$.model.vocab[0][1] is \"b\"", "a number")]
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
    [InlineData("""{ "SpecialToken": { "id": "[X]", "type_id": 0 } }""", "$.post_processor.special_tokens.[X] is missing")]
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
    [InlineData("truncation")]
    public void Load_OptionalPartMissing_IsRead(string part)
    {
        Assert.Equal([5], new TinyTokenizer().Set(part, null).Load().EncodeToIds("hello"));
        Assert.Equal([5], new TinyTokenizer().Set(part, "null").Load().EncodeToIds("hello"));
    }
}
