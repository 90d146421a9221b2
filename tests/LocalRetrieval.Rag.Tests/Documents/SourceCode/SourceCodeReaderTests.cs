using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Documents.SourceCode;

public sealed class SourceCodeReaderTests
{
    private static readonly string Statements = string.Concat(Enumerable.Range(0, 40).Select(n => $"        total{n} = Compute(first{n}, second{n});\n"));

    [Fact]
    public void Read_LongMethod_HasItsEnclosingDeclarationsAndItselfAsPath()
    {
        string text = $$"""
            using System;

            namespace Shop.Orders;

            /// <summary>Prices.</summary>
            public sealed class Price<T>(int start) : Base, IPrice where T : class
            {
                private readonly int _rate = 3;

                [Obsolete("x { y")]
                public int Sum(int a, string b = "{")
                {
            {{Statements}}
                }
            }
            """;

        DocumentSection[] sections = [.. Read("Price.cs", text).Sections];

        Assert.Equal(["Shop.Orders > Price", "Shop.Orders > Price > Sum"], sections.Select(section => section.HeadingPath));
        Assert.StartsWith("    [Obsolete", Of(text, sections[1].Blocks[0]), StringComparison.Ordinal);
        Assert.All(sections[1].Blocks.Skip(1), block => Assert.StartsWith("        total", Of(text, block), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.py", "class Shop(Base):\n    \"\"\"Doc: def no(): pass\"\"\"\n\n    @cached\n    def price(self, item):\n#\n", "        x# = compute(first, second, [1,\n  2])\n", "Shop > price")]
    [InlineData("a.js", "class Shop {\n  price(item) {\n#\n  }\n}\n", "    x# = compute(`a ${f(\"}\")} {`, /[/}]{/, second)\n", "Shop > price")]
    [InlineData("a.ts", "export namespace Shop {\n  export const price = async (item: Item): Promise<void> => {\n#\n  };\n}\n", "    await compute('a}', first, second)\n", "Shop > price")]
    [InlineData("a.go", "package shop\n\nfunc (s *Shop) Price(item Item) (int, error) {\n#\n}\n", "\tx#, err := compute(`a}`, 'a', second)\n", "shop > Shop.Price")]
    [InlineData("a.rs", "mod shop {\n    impl<'a> Price for Shop<'a> {\n        fn price(&'a self) -> char {\n#\n        }\n    }\n}\n", "            let x# = compute('{', r#\"}\"#, second);\n", "shop > impl<'a> Price for Shop<'a> > price")]
    [InlineData("A.java", "package org.shop;\n\npublic class Shop {\n    @Override(name = \"{\")\n    public int price(Item item) throws Sold {\n#\n    }\n}\n", "        int x# = compute(\"}\", '}', second);\n", "org.shop > Shop > price")]
    [InlineData("a.cpp", "#include <a>\nnamespace shop {\ntemplate <class T> int Shop<T>::price(Item item) const {\n#\n}\n}\n", "    int x# = compute(R\"(})\", '}', 1'000);\n", "shop > price")]
    [InlineData("a.c", "static struct node *price(int item)\n{\n#\n}\n", "    int x# = compute(\"}\", '}', second);\n", "price")]
    [InlineData("a.kt", "package shop\n\nclass Shop {\n    fun price(item: Item): Int {\n#\n    }\n}\n", "        val x# = compute(\"${a(\"}\")}\", second)\n", "shop > Shop > price")]
    [InlineData("a.swift", "extension Shop {\n    func price(of item: Item) -> Int {\n#\n    }\n}\n", "        let x# = compute(\"}\", second)\n", "Shop > price")]
    [InlineData("a.rb", "module Shop\n  class Till\n    def price(item)\n#\n    end\n  end\nend\n", "      x# = compute(\"#{a(\"end\")}\", second)\n", "Shop > Till > price")]
    [InlineData("a.php", "<p>It's</p>\n<?php\nnamespace Shop;\n\nclass Till {\n    public function price($item) {\n#\n    }\n}\n", "        $x = compute('}', $second); // it's\n", "Shop > Till > price")]
    [InlineData("a.sh", "#!/bin/sh\nprice() {\n#\n}\n", "  x#=$(compute \"$(a \")\")\" second third) # it's\n", "price")]
    [InlineData("a.ps1", "function Get-Price {\n#\n}\n", "  $x = Compute-It \"}\" '}' $second\n", "Get-Price")]
    [InlineData("a.sql", "CREATE TABLE a (b int);\n\nCREATE OR REPLACE FUNCTION shop.price(item int) RETURNS int AS $$\nBEGIN\n#\nEND;\n$$ LANGUAGE plpgsql;\n", "  x := CASE WHEN a = 'it''s; BEGIN' THEN 1 ELSE 2 END;\n", "shop.price")]
    [InlineData("a.lua", "local function price(item)\n#\nend\n", "  x = compute([[ end ]], second, third, fourth)\n", "price")]
    public void Read_LongFunction_IsInItsPathAndCutAtStatements(string source, string code, string statement, string path)
    {
        string text = code.Replace("#\n", string.Concat(Enumerable.Repeat(statement.Replace("x#", "total", StringComparison.Ordinal), 40)), StringComparison.Ordinal);

        DocumentSection section = Read(source, text).Sections[^1];

        Assert.Equal(path, section.HeadingPath);
        Assert.True(section.Blocks.Count > 20, $"{section.Blocks.Count} blocks");
        string start = statement.Replace("x#", "total", StringComparison.Ordinal)[..6];
        Assert.All(section.Blocks.Skip(2), block => Assert.StartsWith(start, Of(text, block), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://example.org/a.py?raw=1#L3", "a.py")]
    [InlineData("https://example.org/Program.cs?raw=1&b=a.py", "a.cs")]
    [InlineData("a.eml > b.py", "a.py")]
    [InlineData("a.eml > makefile", "Makefile")]
    [InlineData("https://example.org/a?b=c.eml > d/Makefile", "Makefile")]
    [InlineData("src\\Makefile", "Makefile")]
    public void Of_SourceOfAnyKind_IsTheLanguageOfItsFileName(string source, string name) =>
        Assert.Same(SourceLanguages.Of(name)!, SourceLanguages.Of(source));

    [Fact]
    public void Read_SmallDeclarations_AreWholeBlocksOfOneSection()
    {
        string text = "class A\n{\n" + string.Concat(Enumerable.Range(0, 30).Select(n => $"    // Gives {n}.\n    [Fact]\n    int M{n}()\n    {{\n        return {n};\n    }}\n\n")) + "}\n";

        DocumentSection section = Assert.Single(Read("A.cs", text).Sections);

        Assert.Equal("A", section.HeadingPath);
        Assert.Equal(30, section.Blocks.Count);
        Assert.All(section.Blocks.Skip(1), block => Assert.StartsWith("    // Gives", Of(text, block), StringComparison.Ordinal));
        Assert.EndsWith("}\n\n}", Of(text, section.Blocks[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BranchesOfThePreprocessorWithDifferentBraces_DoNotShiftWhatFollows()
    {
        string text = $"#if A\nint f(int a) {{\n#else\nint f(long a) {{\n#endif\n  return 1;\n}}\n\nint g()\n{{\n{Statements}}}\n";

        Assert.Equal("g", Read("a.c", text).Sections[^1].HeadingPath);
    }

    [Fact]
    public void Read_LongTableOfNumbers_KeepsItsStartAndWarns()
    {
        string text = "static readonly int[] Table =\n[\n" + string.Concat(Enumerable.Repeat("    0x1F, 0x2e5, 17, 4_000,\n", 2000)) + "];\nint Next() => 1;\n";

        DocumentContent content = Read("T.cs", text);

        DocumentBlock[] blocks = [.. content.Sections.SelectMany(section => section.Blocks)];
        Assert.InRange(blocks.Sum(block => block.Length), 100, 2000);
        Assert.EndsWith("int Next() => 1;", Of(text, blocks[^1]), StringComparison.Ordinal);
        Assert.InRange(Assert.Single(content.Warnings).Line ?? 0, 4, 60);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF\r\n\t")]
    public void Read_Blank_GivesNoSections(string text) => Assert.Empty(Read("a.cs", text).Sections);

    [Fact]
    public void Read_CrlfAndMark_GivesTheSameBlocks()
    {
        string text = $"namespace A\n{{\n    class B\n    {{\n        void M()\n        {{\n{Statements}        }}\n    }}\n}}\n";
        string other = "\uFEFF" + text.ReplaceLineEndings("\r\n");

        Assert.Equal(Blocks(text), Blocks(other));

        static string[] Blocks(string text) =>
            [.. Read("a.cs", text).Sections.SelectMany(section => section.Blocks.Select(block => section.HeadingPath + "\n" + Of(text, block).ReplaceLineEndings("\n")))];
    }

    [Fact]
    public void Read_AnyLanguageOverAnyText_CoversEverythingOnceInOrder()
    {
        string[] sources = ["a.cs", "a.py", "a.ts", "a.go", "a.rs", "a.java", "a.cpp", "a.sql", "a.rb", "a.sh", "a.php", "a.yaml", "a.ps1", "a.kt", "a.css", "a.lua", "a.hs", "Makefile", "script"];
        for (int seed = 0; seed < 600; seed++)
        {
            string text = RandomCode.Create(seed);
            string source = sources[seed % sources.Length];
            AssertCovered(source, text, seed);
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("(\n")]
    [InlineData("\"\\\"")]
    [InlineData("$\"{")]
    [InlineData("`${")]
    [InlineData("<<EOF\n")]
    [InlineData("/* ")]
    [InlineData("namespace a {\n")]
    [InlineData("#if a\n")]
    [InlineData("R\"x(")]
    [InlineData("\"\"\"")]
    [InlineData("/[")]
    [InlineData("$a$ AS ")]
    [InlineData(" x\n  ")]
    public async Task Read_HostileRepetition_CostsInProportion(string piece)
    {
        foreach (string source in (string[])["a.cs", "a.js", "a.cpp", "a.rs", "a.py", "a.sh", "a.sql", "a.php", "a.rb"])
        {
            Read(source, Text(1000));
            Assert.InRange(Allocated(source, Text(200_000)), 0, 24 * Allocated(source, Text(25_000)));

            // Looking to the end from each piece on takes far longer than the guard.
            await Task.Run(() => Read(source, Text(1_000_000))).OrHang();
        }

        string Text(int length) => string.Concat(Enumerable.Repeat(piece, length / piece.Length));
    }

    /// <summary>Work that grows with the square of the length, or with depth times length, shows in what is allocated.</summary>
    [Theory]
    [InlineData("a.cs", "(")]
    [InlineData("a.js", "[{(")]
    [InlineData("a.cs", "((\nx) ")]
    [InlineData("a.sql", "BEGIN (")]
    public void Read_ManyItemsDeepDown_CostsInProportion(string source, string open)
    {
        Read(source, Nested(open, depth: 10, lines: 10));

        Assert.InRange(Allocated(source, Nested(open, depth: 4000, lines: 4000)), 0, 16 * Allocated(source, Nested(open, depth: 500, lines: 500)));
    }

    [Fact]
    public void Read_ItemsInManyBrackets_AreNotCopiedForEach() =>
        Assert.InRange(Allocated("a.cs", Nested("(", depth: 200, lines: 4000)), 0, 2 * Allocated("a.cs", Nested("(", depth: 10, lines: 4000)));

    [Fact]
    public void Read_DeeplyIndented_Ends() =>
        Assert.NotEmpty(Read("a.py", string.Concat(Enumerable.Range(0, 1000).Select(depth => new string(' ', depth) + "if a:\n"))).Sections);

    [Fact]
    public void Read_Cancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => SourceCodeReader.Instance.Read("int a;", new DocumentContext("a.cs"), new CancellationToken(canceled: true)));

    [Fact]
    public async Task ReadAsync_ScriptWithoutEnding_IsReadAsItsInterpretersLanguage()
    {
        string text = "#!/usr/bin/env python3\nclass A:\n    def m(self):\n" + string.Concat(Enumerable.Repeat("        compute(first, second, third)\n", 60));

        DocumentContent content = await DocumentReaders.Default.ReadAsync(SourceDocument.FromStream("bin/tool", _ => Task.FromResult<Stream>(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)))));

        Assert.Equal("A > m", content.Sections[^1].HeadingPath);
    }

    [Fact]
    public void Split_LongMethod_StartsChunksAtStatementsWithTheirIndentation()
    {
        string text = $"class A\n{{\n    void M()\n    {{\n{Statements}    }}\n}}\n";

        IReadOnlyList<DocumentChunk> chunks = new PassageChunker(new WordPieceTokenCounter()).Split(Read("a.cs", text), CancellationToken.None);

        Assert.True(chunks.Count > 2);
        Assert.All(chunks.Skip(2), chunk => Assert.StartsWith("total", chunk.Text.TrimStart(), StringComparison.Ordinal));
    }

    private static void AssertCovered(string source, string text, int seed)
    {
        int end = 0;
        foreach (DocumentBlock block in Read(source, text).Sections.SelectMany(section => section.Blocks))
        {
            Assert.True(block.Offset >= end && block.Length > 0, $"Seed {seed}: {block}");
            Assert.True(string.IsNullOrWhiteSpace(text[end..block.Offset].Trim('\uFEFF')), $"Seed {seed}, left out: {text[end..block.Offset]}");
            Assert.True(block.Offset == 0 || text[block.Offset - 1] is '\n' or '\r' or '\uFEFF', $"Seed {seed}: {block} does not start a line");
            end = block.Offset + block.Length;
        }

        Assert.True(string.IsNullOrWhiteSpace(text[end..].Trim('\uFEFF')), $"Seed {seed}, left out: {text[end..]}");
    }

    private static DocumentContent Read(string source, string text) => SourceCodeReader.Instance.Read(text, new DocumentContext(source));

    private static string Nested(string open, int depth, int lines) => string.Concat(Enumerable.Repeat(open, depth).Concat(Enumerable.Repeat("a,\n", lines)));

    private static long Allocated(string source, string text)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Read(source, text);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Of(string text, DocumentBlock block) => text.Substring(block.Offset, block.Length);
}
