using LocalRetrieval.Testing;

namespace LocalRetrieval.Tokenizers.Tests.Folders;

public sealed class TokenizerFolderTests
{
    private const string Pieces = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nhello\nworld\nHello\ne\n##llo\nhéllo\n中\n中文\n##文\n";
    private const string Pairs = """{ "<s>": 0, "</s>": 1, "[CLS]": 2, "[SEP]": 3, "a": 4, "b": 5, "Ġ": 6, "ab": 7, "Ġab": 8 }""";
    private const string Merges = "#version: 0.2\na b\nĠ ab\n";

    [Fact]
    public void Load_TokenizerConfig_SaysLengthAndParts()
    {
        using TemporaryFolder folder = Bert("""
            { "tokenizer_class": "BertTokenizer", "model_max_length": 512,
              "mask_token": { "__type": "AddedToken", "content": "[MASK]", "lstrip": true, "normalized": false } }
            """);

        Tokenizer tokenizer = folder.Load();

        Assert.Equal(512, tokenizer.ModelMaxLength);
        Assert.Equal((1, "[UNK]"), Describe(tokenizer.SpecialTokens.Unknown));
        Assert.Equal((0, "[PAD]"), Describe(tokenizer.SpecialTokens.Pad));
        Assert.Equal((2, "[CLS]"), Describe(tokenizer.SpecialTokens.Cls));
        Assert.Equal((3, "[SEP]"), Describe(tokenizer.SpecialTokens.Sep));
        Assert.Equal((4, "[MASK]"), Describe(tokenizer.SpecialTokens.Mask));
        Assert.True(tokenizer.SpecialTokens.Mask!.LeftStrip);
        Assert.Null(tokenizer.SpecialTokens.Bos);
        Assert.Null(tokenizer.SpecialTokens.Eos);
        Assert.Equal([0, 1, 2, 3, 4], tokenizer.AddedTokens.Select(token => token.Id));
    }

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("vocab.txt")]
    [InlineData("tokenizer_config.json")]
    public void Load_GitLfsPointer_NamesTheFileAndThePull(string file)
    {
        using TemporaryFolder folder = Bert("""{ "tokenizer_class": "BertTokenizer" }""");
        folder.Add(file, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 466062\n");

        string message = ErrorMessages.AssertReadable(Assert.Throws<InvalidDataException>(folder.Load));

        Assert.StartsWith($"{Path.Combine(folder.Path, file)} is a Git LFS pointer", message, StringComparison.Ordinal);
        Assert.Contains("git lfs pull", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("special_tokens_map.json")]
    [InlineData("added_tokens.json")]
    public void Load_FolderInPlaceOfAFile_NamesIt(string file)
    {
        using TemporaryFolder folder = Bert("""{ "tokenizer_class": "BertTokenizer" }""");
        string path = Directory.CreateDirectory(Path.Combine(folder.Path, file)).FullName;

        string message = ErrorMessages.AssertReadable(Assert.Throws<InvalidDataException>(folder.Load));

        Assert.StartsWith($"{path} is a folder, not a file.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spiece.model")]
    [InlineData("sentencepiece.bpe.model")]
    public void Load_SentencePieceAlone_NamesItAndTheConversion(string file)
    {
        using TemporaryFolder folder = TemporaryFolder.Create().Add(file, "\n\u000E");

        string message = ErrorMessages.AssertReadable(Assert.Throws<FileNotFoundException>(folder.Load));

        Assert.Contains($"{Path.Combine(folder.Path, file)} is a SentencePiece model", message, StringComparison.Ordinal);
        Assert.Contains("save_pretrained", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1000000000000000019884624838656")]
    [InlineData("1e30")]
    [InlineData("null")]
    public void Load_PlaceholderLength_IsUnknown(string length)
    {
        using TemporaryFolder folder = Bert($$"""{ "model_max_length": {{length}} }""");

        Assert.Null(folder.Load().ModelMaxLength);
    }

    [Theory]
    [InlineData("{}", new[] { 5, 5, 11, 1 })]
    [InlineData("""{ "do_lower_case": true, "strip_accents": false }""", new[] { 5, 10, 11, 1 })]
    [InlineData("""{ "do_lower_case": false }""", new[] { 7, 10, 11, 1 })]
    [InlineData("""{ "tokenize_chinese_chars": false }""", new[] { 5, 5, 12 })]
    public void Load_BertSettings_NormalizeAsTheySay(string config, int[] expected)
    {
        using TemporaryFolder folder = Bert(config);

        Assert.Equal(expected, folder.Load().EncodeToIds("Hello héllo 中文"));
    }

    [Theory]
    [InlineData("""{ "do_lower_case": false, "tokenizer_class": "BertTokenizer" }""", new[] { 1 })]
    [InlineData("""{ "do_lower_case": false }""", new[] { 1 })]
    [InlineData("""{ "do_lower_case": false, "tokenizer_class": "PreTrainedTokenizerFast" }""", new[] { 5 })]
    [InlineData("""{ "tokenizer_class": "BertTokenizer" }""", new[] { 5 })]
    public void Load_ConfigBesideTokenizerJson_ChangesNormalizerOfBertClasses(string config, int[] expected)
    {
        using TemporaryFolder folder = TemporaryFolder.Create()
            .Add("tokenizer.json", new TinyTokenizer().Json.ToJsonString())
            .Add("tokenizer_config.json", config);

        Assert.Equal(expected, folder.Load().EncodeToIds("HELLO"));
        Assert.Equal([5], Tokenizer.Load(Path.Combine(folder.Path, "tokenizer.json")).EncodeToIds("HELLO"));
    }

    [Fact]
    public void Load_ConfigBesideTokenizerJson_AddsItsTokens()
    {
        using TemporaryFolder folder = TemporaryFolder.Create()
            .Add("tokenizer.json", new TinyTokenizer().Json.ToJsonString())
            .Add("tokenizer_config.json", """
                { "pad_token": "[PAD]", "additional_special_tokens": ["<new>"],
                  "added_tokens_decoder": { "23": { "content": "hello", "single_word": true }, "24": { "content": "<d>", "special": true } } }
                """);

        Tokenizer tokenizer = folder.Load();

        Assert.Equal([5, 23, 24, 0], tokenizer.EncodeToIds("hello<d><new>[PAD]"));
        Assert.Equal((0, "[PAD]"), Describe(tokenizer.SpecialTokens.Pad));
    }

    [Theory]
    [InlineData("bert", "[MASK]")]
    [InlineData("mpnet", null)]
    public void Load_ClassBesideTokenizerJson_AddsNoTokensOfItsOwn(string modelType, string? mask)
    {
        using TemporaryFolder folder = TemporaryFolder.Create()
            .Add("tokenizer.json", new TinyTokenizer().Json.ToJsonString())
            .Add("config.json", $$"""{ "model_type": "{{modelType}}" }""");

        Tokenizer tokenizer = folder.Load();

        Assert.Equal(["[MASK]"], tokenizer.AddedTokens.Select(token => token.Content));
        Assert.Equal(mask, tokenizer.SpecialTokens.Mask?.Content);
        Assert.Null(tokenizer.SpecialTokens.Pad);
    }

    [Fact]
    public void Load_PrefixSpaceBesideTokenizerJson_IsSetAnew()
    {
        const string Json = """
            { "added_tokens": [], "pre_tokenizer": { "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true },
              "model": { "type": "BPE", "vocab": { "a": 0, "Ġ": 1 }, "merges": [] } }
            """;
        using TemporaryFolder folder = TemporaryFolder.Create()
            .Add("tokenizer.json", Json).Add("tokenizer_config.json", """{ "add_prefix_space": true }""");

        Assert.Equal([1, 0], folder.Load().EncodeToIds("a"));
    }

    [Fact]
    public void Load_SpecialTokensMap_ComesBeforeConfigThatDeclaresNoTokens()
    {
        using TemporaryFolder folder = Bert("""{ "cls_token": "[PAD]" }""").Add("special_tokens_map.json", """{ "cls_token": "[MASK]" }""");
        Assert.Equal((4, "[MASK]"), Describe(folder.Load().SpecialTokens.Cls));

        folder.Add("tokenizer_config.json", """{ "cls_token": "[PAD]", "added_tokens_decoder": {} }""");
        Assert.Equal((0, "[PAD]"), Describe(folder.Load().SpecialTokens.Cls));
    }

    [Theory]
    [InlineData("GPT2Tokenizer", "{}", new[] { 7 }, new int[0])]
    [InlineData("GPT2TokenizerFast", """{ "add_bos_token": true, "bos_token": "<s>" }""", new[] { 7 }, new[] { 0 })]
    [InlineData("RobertaTokenizer", """{ "unk_token": "<s>" }""", new[] { 7 }, new[] { 0, 1, 1, 1 })]
    [InlineData("LongformerTokenizer", """{ "add_prefix_space": true }""", new[] { 8 }, new[] { 0, 1, 1, 1 })]
    [InlineData("DebertaTokenizer", "{}", new[] { 7 }, new[] { 2, 3, 3 })]
    [InlineData("Qwen2Tokenizer", "{}", new[] { 7 }, new int[0])]
    public void Load_PairVocabulary_IsBuiltAsItsClass(string className, string config, int[] ids, int[] special)
    {
        using TemporaryFolder folder = TemporaryFolder.Create().Add("vocab.json", Pairs).Add("merges.txt", Merges)
            .Add("tokenizer_config.json", $$"""{ "tokenizer_class": "{{className}}", {{config.Trim()[1..]}}""".Replace(", }", " }", StringComparison.Ordinal));

        Tokenizer tokenizer = folder.Load();

        Assert.Equal(ids, tokenizer.EncodeToIds("ab"));
        TokenEncoding pair = tokenizer.Encode("ab", "ab");
        Assert.Equal(special, pair.Ids.Where((_, i) => pair.SpecialTokensMask[i] == 1));
    }

    [Fact]
    public void Load_FunnelClass_StartsWithTypeTwo()
    {
        using TemporaryFolder folder = Bert("""
            { "tokenizer_class": "FunnelTokenizer", "cls_token": "[CLS]", "sep_token": "[SEP]", "unk_token": "[UNK]" }
            """);

        Assert.Equal([2, 0, 0], folder.Load().Encode("hello").TypeIds);
    }

    [Fact]
    public async Task LoadAsync_Folder_IsAsLoad()
    {
        using TemporaryFolder folder = Bert("""{ "model_max_length": 77 }""");

        Tokenizer tokenizer = await Tokenizer.LoadAsync(folder.Path);

        Assert.Equal(77, tokenizer.ModelMaxLength);
        Assert.Equal([5], tokenizer.EncodeToIds("hello"));
    }

    [Fact]
    public void Load_LinesOfOtherSystems_AreReadAsPythonDoes()
    {
        using TemporaryFolder folder = TemporaryFolder.Create().Add("vocab.txt", Pieces.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal([5], folder.Load().EncodeToIds("hello"));

        folder.Add("vocab.txt", Pieces.TrimEnd('\n') + "\nlast\u2028x");
        Assert.Equal(15, folder.Load().VocabularySize);
    }

    [Theory]
    [InlineData("XLMRobertaTokenizer", "tokenizer_config.json: $.tokenizer_class is 'XLMRobertaTokenizer', in a folder without tokenizer.json")]
    [InlineData("PreTrainedTokenizerFast", "$.tokenizer_class is 'PreTrainedTokenizerFast', in a folder without tokenizer.json")]
    public void Load_ClassThatNeedsTokenizerJson_ThrowsWithTheFix(string className, string found)
    {
        using TemporaryFolder folder = Bert($$"""{ "tokenizer_class": "{{className}}" }""");

        string message = Assert.Throws<InvalidDataException>(() => folder.Load()).Message;

        Assert.Contains(found, message, StringComparison.Ordinal);
        Assert.Contains("save_pretrained", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenizer_config.json", "[]", "tokenizer_config.json: $ is an array")]
    [InlineData("tokenizer_config.json", """{ "do_lower_case": 1 }""", "tokenizer_config.json: $.do_lower_case is 1")]
    [InlineData("tokenizer_config.json", """{ "model_max_length": 0 }""", "tokenizer_config.json: $.model_max_length is 0")]
    [InlineData("tokenizer_config.json", """{ "cls_token": 5 }""", "tokenizer_config.json: $.cls_token is 5")]
    [InlineData("tokenizer_config.json", """{ "cls_token": "[X]" }""", "$.cls_token is '[X]'")]
    [InlineData("tokenizer_config.json", """{ "cls_token": null }""", "$.cls_token is missing")]
    [InlineData("tokenizer_config.json", """{ "added_tokens_decoder": { "x": { "content": "a" } } }""", "$.added_tokens_decoder['x'] is an entry named 'x'")]
    [InlineData("tokenizer_config.json", """{ "added_tokens_decoder": { "7": { "content": "hello" } } }""", "the token 'hello' is 7; supported: 5")]
    [InlineData("added_tokens.json", """{ "<new>": 99 }""", "added_tokens.json: the token '<new>' is 99; supported: 14")]
    [InlineData("special_tokens_map.json", """{ "sep_token": {} }""", "special_tokens_map.json: $.sep_token.content is missing")]
    [InlineData("vocab.txt", "\uFEFF[PAD]\n", "vocab.txt: line 1 begins with a byte order mark")]
    [InlineData("vocab.txt", "", "$.unk_token is '[UNK]'")]
    public void Load_DamagedFile_ThrowsWithFileAndField(string name, string content, string found)
    {
        using TemporaryFolder folder = Bert("{}").Add(name, content);

        Assert.Contains(found, Assert.Throws<InvalidDataException>(() => folder.Load()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("merges.txt", "#version\na x\n", "merges.txt: line 2 is a merge with 'x'")]
    [InlineData("merges.txt", "#version\na\n", "merges.txt: line 2 is 'a'")]
    [InlineData("merges.txt", "#version\n\na b\n", "merges.txt: line 2 is ''")]
    [InlineData("vocab.json", """{ "a": "b" }""", "vocab.json: $['a'] is \"b\"")]
    [InlineData("vocab.json", "5", "vocab.json: $ is '5'")]
    public void Load_DamagedPairs_ThrowsWithFileAndPlace(string name, string content, string found)
    {
        using TemporaryFolder folder = TemporaryFolder.Create().Add("vocab.json", Pairs).Add("merges.txt", Merges)
            .Add("tokenizer_config.json", """{ "tokenizer_class": "GPT2Tokenizer" }""").Add(name, content);

        Assert.Contains(found, Assert.Throws<InvalidDataException>(() => folder.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileThatIsNoUtf8_ThrowsWithFileAndPlace()
    {
        using TemporaryFolder folder = Bert("{}");
        File.WriteAllBytes(Path.Combine(folder.Path, "vocab.txt"), [(byte)'a', 0xFF]);

        Assert.Contains("vocab.txt: byte 1 is not UTF-8", Assert.Throws<InvalidDataException>(() => folder.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoVocabulary_ThrowsFileNotFound()
    {
        using TemporaryFolder folder = TemporaryFolder.Create();
        Assert.Throws<FileNotFoundException>(() => folder.Load());

        folder.Add("tokenizer_config.json", """{ "tokenizer_class": "BertTokenizer" }""");
        Assert.EndsWith("vocab.txt", Assert.Throws<FileNotFoundException>(() => folder.Load()).FileName, StringComparison.Ordinal);
    }

    private static TemporaryFolder Bert(string config) =>
        TemporaryFolder.Create().Add("vocab.txt", Pieces).Add("tokenizer_config.json", config);

    private static (int Id, string Content) Describe(AddedToken? token) => (token!.Id, token.Content);
}
