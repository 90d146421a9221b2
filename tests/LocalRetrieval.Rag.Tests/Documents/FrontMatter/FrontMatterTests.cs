namespace LocalRetrieval.Rag.Tests.Documents.FrontMatter;

public sealed class FrontMatterTests
{
    [Theory]
    [InlineData("---\ntitle: A\ntags: [x, y]\n---\nbody")]
    [InlineData("---\r\ntitle: A\r\ntags:\r\n- x\r\n- y\r\n---\r\nbody")]
    [InlineData("---  \ntitle: \"A\"\ntags: x, y\n...\nbody")]
    [InlineData("---\ntitle: >\n  A\ncategories: x\nkeywords: y\n---\nbody")]
    [InlineData("---\n{title: A, tags: [x, y]}\n---\nbody")]
    [InlineData("---\n\ntitle: A\ntags: [x, y, x]\n---\nbody")]
    [InlineData("---\nbase: &base {tags: [x, y]}\n<<: *base\nbase: ~\ntitle: A\n---\nbody", "base.tags=x", "base.tags=y")]
    [InlineData("+++\ntitle = \"A\"\ntags = [\"x\", \"y\"]\n+++\nbody")]
    [InlineData("+++\r\ntitle = 'A'\r\n[taxonomies]\r\ntags = [\r\n \"x\", \"y\"]\r\n+++\r\nbody")]
    [InlineData("{\"title\": \"A\", \"tags\": [\"x\", \"y\"]}\nbody")]
    [InlineData("{\n  \"title\": \"\\u0041\",\n  \"tags\": \"x, y\"\n}\r\nbody")]
    public void Find_EveryNotation_GivesTheSame(string text, params string[] properties)
    {
        Rag.FrontMatter front = Find(text);

        Assert.Equal("A", front.Metadata.Title);
        Assert.Equal(["x", "y"], front.Metadata.Tags);
        Assert.Equal(properties, front.Metadata.Properties);
        Assert.Equal("body", text[front.Lines.End..]);
        Assert.Empty(front.Warnings);
    }

    [Theory]
    [InlineData("---\nTitle: T\ndescription: D\n---\n", "T", "D")]
    [InlineData("---\ntitle: T\nsummary: D\n---\n", "T", "D")]
    [InlineData("---\ntitle: T\nexcerpt: |\n  D\n  more\n---\n", "T", "D more")]
    [InlineData("---\ntitle: 404\ndescription:\nsummary: null\n---\n", "404", null)]
    [InlineData("---\ntitle: 'It''s: a # title'\n---\n", "It's: a # title", null)]
    [InlineData("---\ntitle: 轮换签名密钥\ndescription: كيفية التدوير\n---\n", "轮换签名密钥", "كيفية التدوير")]
    [InlineData("+++\ntitle = \"\"\"\nT\nlong\"\"\"\ndescription = 'D'\n+++\n", "T long", "D")]
    public void Find_TitleAndDescription_AreOneLineEach(string text, string title, string? description)
    {
        DocumentMetadata metadata = Find(text).Metadata;

        Assert.Equal((title, description), (metadata.Title, metadata.Description));
        Assert.Empty(metadata.Properties);
    }

    [Theory]
    [InlineData("author: Ann", "Ann")]
    [InlineData("authors: [Ann, Bob, Ann]", "Ann, Bob")]
    [InlineData("author: {name: Ann}", "Ann")]
    [InlineData("authors:\n- name: Ann\n- name: Bob", "Ann, Bob")]
    public void Find_Authors_AreJoined(string line, string author) => Assert.Equal(author, Find($"---\n{line}\n---\n").Metadata.Author);

    [Theory]
    [InlineData("lang: de", "de")]
    [InlineData("language: zh-Hans", "zh-Hans")]
    [InlineData("locale: pt_BR", "pt-BR")]
    public void Find_Language_IsATag(string line, string language) => Assert.Equal(language, Find($"---\n{line}\n---\n").Metadata.Language);

    [Fact]
    public void Find_LanguageThatIsNoTag_IsAProperty()
    {
        DocumentMetadata metadata = Find("---\nlanguage: python\n---\n").Metadata;

        Assert.Null(metadata.Language);
        Assert.Equal(["language=python"], metadata.Properties);
    }

    [Theory]
    [InlineData("---\ndate: 2024-01-02\nlastmod: 2024-03-04T05:06:07+02:00\n---\n", "2024-01-02T00:00:00Z", "2024-03-04T05:06:07+02:00")]
    [InlineData("---\npublished: 2024/01/02\nupdated: 2024-03-04 05:06:07 +0200\n---\n", "2024-01-02T00:00:00Z", "2024-03-04T05:06:07+02:00")]
    [InlineData("---\npublishDate: Jan 2, 2024\nlast_update:\n  date: 4 March 2024\n---\n", "2024-01-02T00:00:00Z", "2024-03-04T00:00:00Z")]
    [InlineData("+++\ndate = 2024-01-02\nlastmod = 2024-03-04T05:06:07+02:00\n+++\n", "2024-01-02T00:00:00Z", "2024-03-04T05:06:07+02:00")]
    [InlineData("{\"date\": \"2024-01-02T00:00:00Z\", \"modified\": \"2024-03-04\"}", "2024-01-02T00:00:00Z", "2024-03-04T00:00:00Z")]
    public void Find_Dates_AreRead(string text, string published, string modified)
    {
        DocumentMetadata metadata = Find(text).Metadata;

        Assert.Equal(DateTimeOffset.Parse(published, null), metadata.Published);
        Assert.Equal(DateTimeOffset.Parse(modified, null), metadata.Modified);
        Assert.Empty(metadata.Properties);
    }

    [Theory]
    [InlineData("published: false")]
    [InlineData("date: 01/02/2024")]
    [InlineData("date: 07:32:00")]
    [InlineData("date: 2024")]
    [InlineData("date: someday")]
    public void Find_WhatIsNoPlainDate_IsAProperty(string line)
    {
        DocumentMetadata metadata = Find($"---\n{line}\n---\n").Metadata;

        Assert.Null(metadata.Published);
        Assert.Equal([line.Replace(": ", "=", StringComparison.Ordinal)], metadata.Properties);
    }

    [Fact]
    public void Find_TheRest_BecomesProperties() => Assert.Equal(
        ["weight=10", "price=1.50", "draft=true", "sidebar.position=2", "aliases=/a", "aliases=/b, c", "menu.main.name=Docs", "steps.name=one", "steps.name=two"],
        Find("---\nweight: 10\nprice: 1.50\ndraft: true\nempty:\nsidebar: {position: 2}\naliases: [/a, '/b, c']\nmenu:\n  main:\n    name: Docs\nsteps:\n- name: one\n- name: two\n---\n")
            .Metadata.Properties);

    [Theory]
    [InlineData("---\ntitle: [unclosed\n---\nbody", 2)]
    [InlineData("---\ntitle: A: B\n---\nbody", 2)]
    [InlineData("---\ntitle: A\n\tkey: tab\n---\nbody", 3)]
    [InlineData("---\ntitle: *nothing\n---\nbody", 2)]
    [InlineData("---\ntitle: &self [*self]\n---\nbody", 2)]
    [InlineData("---\ntitle: A\n? [a, b]\n: c\n---\nbody", 3)]
    [InlineData("---\ntitle: !!T[.\u0085x!!str \n---\nbody", 2)]
    [InlineData("+++\ntitle = A\n+++\nbody", 2)]
    [InlineData("+++\ntitle = \"\\U0001\n+++\nbody", 2)]
    public void Find_WhatDoesNotParse_IsTextWithAWarning(string text, int line)
    {
        Rag.FrontMatter front = Find(text);

        Assert.Equal(DocumentMetadata.None, front.Metadata);
        Assert.Equal(line, Assert.Single(front.Warnings).Line);
        Assert.Contains("does not parse: ", front.Warnings[0].Message, StringComparison.Ordinal);
        Assert.EndsWith(". It was read as text.", front.Warnings[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", front.Warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains("title", front.Unread.Of(text).ToString(), StringComparison.Ordinal);
        Assert.Equal("body", text[front.Lines.End..]);
    }

    [Theory]
    [InlineData("---\ntags: [a, b\ntitle: x\n---\nbody", "(YAML) does not parse: a list that a '[' begins does not end; add the ']'. It")]
    [InlineData("---\ntitle: !!T[.\u0085x!!str \n---\nbody", "(YAML) does not parse: a list or a tag in it does not end. It")]
    [InlineData("{\n\"title\": \"A\",\n\"x\" 1 }\nbody", "(JSON) does not parse: it is no JSON at byte 5. It")]
    public void Find_WhatDoesNotParse_SaysWhatIsWrong(string text, string message) =>
        Assert.StartsWith($"The front matter {message} was read as text.", Assert.Single(Find(text).Warnings).Message, StringComparison.Ordinal);

    [Fact]
    public void Find_JsonThatDoesNotParse_IsTextWithAWarning()
    {
        Rag.FrontMatter front = Find("{\n\"title\": \"A\",\n\"x\" 1 }\nbody");

        Assert.True(front.Lines.IsEmpty);
        Assert.Equal(3, Assert.Single(front.Warnings).Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("---")]
    [InlineData("---\n")]
    [InlineData("---\n\nA rule, and text.\n")]
    [InlineData("---\n\nNote: a rule at the start,\nand another below.\n\n---\n\nMore.")]
    [InlineData("---\nJust a heading\n---\n")]
    [InlineData("---\n\n# A heading between rules\n\n---\n")]
    [InlineData("---\n- one\n- two\n---\n")]
    [InlineData("----\ntitle: A\n---\n")]
    [InlineData("--- title: A\n---\n")]
    [InlineData(" ---\ntitle: A\n---\n")]
    [InlineData("\n---\ntitle: A\n---\n")]
    [InlineData("---\ntitle: A\n ---\n")]
    [InlineData("+++\ntitle = 'A'\n---\n")]
    [InlineData("{% include head.html %}\n")]
    [InlineData("{{< figure >}}\n")]
    [InlineData("{: .note }\n")]
    [InlineData("{\"title\": \"A\"} is an object.\n")]
    [InlineData("# Heading\n\n---\ntitle: A\n---\n")]
    public void Find_DocumentsThatStartOtherwise_HaveNone(string text)
    {
        Rag.FrontMatter front = Find(text);

        Assert.True(front.Lines.IsEmpty);
        Assert.Equal(DocumentMetadata.None, front.Metadata);
        Assert.Empty(front.Warnings);
    }

    [Fact]
    public void Find_ByteOrderMark_IsSkipped() => Assert.Equal("A", Rag.FrontMatter.Find("\uFEFF---\ntitle: A\n---\n", 1, new DocumentContext("a.md"), default).Metadata.Title);

    [Theory]
    [InlineData("---\n---\nbody")]
    [InlineData("---\n\n---\nbody")]
    [InlineData("---\n# To modify the layout, see x\n\n # more\n---\nbody")]
    [InlineData("+++\n+++\nbody")]
    [InlineData("{}\nbody")]
    public void Find_Empty_IsLeftOut(string text) => Assert.Equal("body", text[Find(text).Lines.End..]);

    [Fact]
    public void Find_AnchorOfTheSameNameTwice_MeansTheLastBeforeTheAlias() =>
        Assert.Equal(["first=1", "one=1", "second=2", "two=2"], Find("---\nfirst: &a 1\none: *a\nsecond: &a 2\ntwo: *a\n---\nbody").Metadata.Properties);

    [Fact]
    public void Find_AliasesOfAliases_AreRefusedByName()
    {
        string bomb = "---\na: &a [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat("bcdefghij".Select((name, index) => $"{name}: &{name} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + index)}", 10))}]\n")) + "---\n";

        AssertRefused(bomb, nameof(DocumentReadingOptions.MaxParts));
        AssertRefused(bomb.Replace("x,x,x,x,x,x,x,x,x,x", "", StringComparison.Ordinal), nameof(DocumentReadingOptions.MaxParts));
    }

    [Theory]
    [InlineData("---\na: ", "[", "\n---\n")]
    [InlineData("---\na: ", "{a: ", "\n---\n")]
    [InlineData("---\na:\n", "- ", "\n---\n")]
    [InlineData("+++\na = ", "[", "\n+++\n")]
    [InlineData("+++\na = ", "{a = ", "\n+++\n")]
    [InlineData("+++\na", ".a", " = 1\n+++\n")]
    [InlineData("{\"a\":", "[", "\n")]
    [InlineData("{\"a\":", "{\"a\":", "\n")]
    public void Find_NestedDeep_EndsOrIsRefusedByName(string start, string nested, string end)
    {
        string text = start + string.Concat(Enumerable.Repeat(nested, 20_000)) + end;

        InvalidDataException? refusal = Record.Exception(() => Assert.NotEmpty(Find(text).Warnings)) as InvalidDataException;

        Assert.True(refusal is null || refusal.Message.Contains("'a.md'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("---\na: [[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]\n---\n")]
    [InlineData("+++\na = [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]\n+++\n")]
    [InlineData("{\"a\": [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}\n")]
    public void Find_BeyondDepth_IsRefusedByName(string text) =>
        AssertRefused(text, nameof(DocumentReadingOptions.MaxDepth), new DocumentReadingOptions { MaxDepth = 16 });

    [Fact]
    public void Find_LongValueThroughAliases_IsRefusedByName() => AssertRefused(
        $"---\na: &a {new string('x', 1000)}\nb: [{string.Join(',', Enumerable.Repeat("*a", 100))}]\n---\n",
        nameof(DocumentReadingOptions.MaxExpandedBytes),
        new DocumentReadingOptions { MaxExpandedBytes = 100_000 });

    [Fact]
    public void Find_TooLong_IsTextWithAWarning()
    {
        Rag.FrontMatter front = Find($"---\ntitle: {new string('x', 300_000)}\n---\nbody");

        Assert.True(front.Lines.IsEmpty);
        Assert.Contains("longer than", Assert.Single(front.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ManyProperties_AreCutWithAWarning()
    {
        Rag.FrontMatter front = Find($"---\ntitle: A\n{string.Concat(Enumerable.Range(0, 2000).Select(index => $"key{index}: some value\n"))}---\nbody");

        Assert.InRange(front.Metadata.Properties.Sum(property => property.Length), 15_000, 16 * 1024);
        Assert.Contains($" {2000 - front.Metadata.Properties.Count} of its values", Assert.Single(front.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_OnePropertyTooLong_IsLeftOutAlone()
    {
        Rag.FrontMatter front = Find($"---\na: b\nlong: {new string('x', 17_000)}\nc: d\n---\nbody");

        Assert.Equal(["a=b", "c=d"], front.Metadata.Properties);
        Assert.Contains(" 1 of its values", Assert.Single(front.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_Cancelled_Throws() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Rag.FrontMatter.Find("---\ntitle: A\n---\n", 0, new DocumentContext("a.md"), new CancellationToken(canceled: true)));

    private static Rag.FrontMatter Find(string text) => Rag.FrontMatter.Find(text, 0, new DocumentContext("a.md"), default);

    private static void AssertRefused(string text, string option, DocumentReadingOptions? options = null)
    {
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => Rag.FrontMatter.Find(text, 0, new DocumentContext("a.md", options), default));

        Assert.Contains("'a.md'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(option, refusal.Message, StringComparison.Ordinal);
    }
}
