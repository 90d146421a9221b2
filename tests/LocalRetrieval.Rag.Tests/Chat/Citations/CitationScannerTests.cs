using LocalRetrieval.Rag.Tests.Fakes;

namespace LocalRetrieval.Rag.Tests.Chat.Citations;

public sealed class CitationScannerTests
{
    private static readonly int[] Sources = [1, 2, 3];

    /// <summary>The forms that models write; each marker is followed by the sources that it names.</summary>
    [Theory]
    [InlineData("Yes [1].", "[1]=1")]
    [InlineData("😀 [2] and [2][1]", "[2]=2 [2]=2 [1]=1")]
    [InlineData("Both [1, 3]", "[1, 3]=1,3")]
    [InlineData("Both [1,3] [3 , 1]", "[1,3]=1,3 [3 , 1]=3,1")]
    [InlineData("[ 2 ]", "[ 2 ]=2")]
    [InlineData("[1-3] [1–3] [1 — 2] [2‑3] [1~2]", "[1-3]=1,2,3 [1–3]=1,2,3 [1 — 2]=1,2 [2‑3]=2,3 [1~2]=1,2")]
    [InlineData("[1, 2-3] [1; 2] [1 & 2] [1 and 3] [1, 2, and 3] [1/2] [1|2]", "[1, 2-3]=1,2,3 [1; 2]=1,2 [1 & 2]=1,2 [1 and 3]=1,3 [1, 2, and 3]=1,2,3 [1/2]=1,2 [1|2]=1,2")]
    [InlineData("[Source 1] [source: 2] [SOURCES 1, 2] [Source 1, Source 3] [Source #2] [Source1]", "[Source 1]=1 [source: 2]=2 [SOURCES 1, 2]=1,2 [Source 1, Source 3]=1,3 [Source #2]=2 [Source1]=1")]
    [InlineData("[doc1] [Document 2] [ref. 3] [refs 1-2] [citation:1] [Quelle 2] [来源1]", "[doc1]=1 [Document 2]=2 [ref. 3]=3 [refs 1-2]=1,2 [citation:1]=1 [Quelle 2]=2 [来源1]=1")]
    [InlineData("[Source 1: bike.md] [Source 2, p. 3] [1, page 2] [2, lines 1-3]", "[Source 1: bike.md]=1 [Source 2, p. 3]=2 [1, page 2]=1 [2, lines 1-3]=2")]
    [InlineData("【1】 【1, 3】 ［2］ 〔3〕 【2】【3】", "【1】=1 【1, 3】=1,3 ［2］=2 〔3〕=3 【2】=2 【3】=3")]
    [InlineData("[１] 【２】 [１，３] 【1、2】 [1；2] [٣]", "[１]=1 【２】=2 [１，３]=1,3 【1、2】=1,2 [1；2]=1,2 [٣]=3")]
    [InlineData("【1†source】 【2†L3-L9】 【3:0†source】 [1†] [2†source] [†3]", "【1†source】=1 【2†L3-L9】=2 【3:0†source】=3 [1†]=1 [2†source]=2 [†3]=3")]
    [InlineData("[^3] [^1^] [^1, ^2] [#1] text[^2] text[Source 3] text[1†]", "[^3]=3 [^1^]=1 [^1, ^2]=1,2 [#1]=1 [^2]=2 [Source 3]=3 [1†]=1")]
    [InlineData("**bold** [1]**.** *[2]* ([3]) \"[1]\" [[2]]", "[1]=1 [2]=2 [3]=3 [1]=1 [2]=2")]
    [InlineData("It ends.[1] It ends![2] It ends?[3] “So”[1] (so)[2]", "[1]=1 [2]=2 [3]=3 [1]=1 [2]=2")]
    [InlineData("例【2】 这样[1]。 そう[2]。 in 2024[3]", "【2】=2 [1]=1 [2]=2 [3]=3")]
    [InlineData("- [1] item\n1. [2]\n> [3]", "[1]=1 [2]=2 [3]=3")]
    public void Append_MarkersThatModelsWrite_AreFound(string text, string expected) => Assert.Equal(expected, Found(text));

    [Theory]
    [InlineData("[0] [4] [99999] [x] [-1] 1 [] [ ] [1.5] [1:2] [3-1] [1,] [,1] [1 2x] [p. 3] [x 1] [1 apple]")]
    [InlineData("a link [1](http://x), an image ![2](y), a definition\n[3]: http://x")]
    [InlineData("[text][1] and\n[^1]: a note")]
    [InlineData("[1\n]")]
    [InlineData("\\[1\\] and \\[ 2 \\]")]
    [InlineData("[1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]")]
    [InlineData("【1] [1】")]
    [InlineData("")]
    public void Append_WhatIsNoMarker_IsNotFound(string text) => Assert.Equal("", Found(text));

    [Theory]
    [InlineData("array[1] x[2] arr[i][1] arr[1][2] f(x)[1] a.b[2] $v[1] x_1[2] {a}[3] List<int>[] a[0][1]")]
    [InlineData("`a` is `x[1]` and ``b ` [2]`` and `[3]`")]
    [InlineData("```\n[1]\n```\n~~~~ text\n[2]\n~~~\n[3]\n~~~~")]
    [InlineData("```python\nx = [3]\n\n\n[1]")]
    [InlineData("- item\n\n  ```\n  [1]\n  ```\n\n> ```\n> [2]\n> ```")]
    [InlineData("1. ```\n   [1]\n   ```")]
    [InlineData("text\n\n    [1]\n\n    [2]\n\ntext")]
    [InlineData("\t[1]")]
    [InlineData("`one\n[1] line` and ```a [2] b```")]
    [InlineData("``[1] ` [2]``")]
    [InlineData("Run:\n\n    > a [1]")]
    [InlineData("- item\n\n      code [1]")]
    [InlineData("1. step\n\n       x [1]")]
    [InlineData("-     code [1]")]
    [InlineData("- a\n  - b\n\n        code [1]")]
    [InlineData(">     code [1]")]
    [InlineData("> text\n>\n>     code [1]")]
    [InlineData("> - item\n>\n>       code [1]")]
    [InlineData("> ```\n> [1]\n>\n> [2]")]
    public void Append_CodeAndSubscripts_HaveNone(string text) => Assert.Equal("", Found(text));

    [Theory]
    [InlineData("```\n[1]\n```\n[2]", "[2]=2")]
    [InlineData("```a``` [1]", "[1]=1")]
    [InlineData("a ` alone [1]\n\nand [2] `x`", "[1]=1 [2]=2")]
    [InlineData("a ` alone, ``[1]`` is code [2]", "[2]=2")]
    [InlineData("an escaped \\` and [1] \\`", "[1]=1")]
    [InlineData("in code `\\` [1] `x`", "[1]=1")]
    [InlineData("1. item\n\n    [1] goes on\n\n    [2]", "[1]=1 [2]=2")]
    [InlineData("text\n    [1] goes on", "[1]=1")]
    [InlineData("~~struck~~ [1] ~ [2]", "[1]=1 [2]=2")]
    [InlineData("- `a\n- b` [1]", "[1]=1")]
    [InlineData("see `a[1]` [3] and `b`[2]", "[3]=3 [2]=2")]
    [InlineData("> ```\nx [1]", "[1]=1")]
    [InlineData("> ```\n> a\n\nx [1]", "[1]=1")]
    [InlineData("- ```\n  a\n\nx [1]", "[1]=1")]
    [InlineData("- a\n```\n[2]\n```\nx [1]", "[1]=1")]
    [InlineData("- item\n\n    goes on [1]", "[1]=1")]
    [InlineData("> text\n    goes on [1]", "[1]=1")]
    [InlineData("> - item\n>\n>   goes on [1]", "[1]=1")]
    public void Append_BesideCode_AreFound(string text, string expected) => Assert.Equal(expected, Found(text));

    [Theory]
    [InlineData("answer-1.md", "[3]=3")]
    [InlineData("answer-2.md", "[1]=1")]
    [InlineData("answer-3.md", "[1, 2, 3]=1,2,3 【2】=2")]
    public void Append_AnswersWithCode_AreCitedOutsideOfIt(string file, string expected) => Assert.Equal(expected, Found(Cases.Read(file)));

    [Fact]
    public void Append_CitesAfterWords_FindsThemButNotBehindCallsAndBrackets()
    {
        CitationScanner scanner = new(citesAfterWords: true);
        const string Text = "outage[1] f(x)[2] a[i][3] `x[1]`";
        scanner.Append(Text);
        scanner.Complete();

        Assert.Equal(["[1]"], scanner.Markers.Select(marker => Text[marker.Start..marker.End]));
    }

    [Theory]
    [InlineData("Oil it [7].", "Oil it.")]
    [InlineData("Oil it [7] [1].", "Oil it [1].")]
    [InlineData("Oil it [1] [7].", "Oil it [1].")]
    [InlineData("Oil it [1][7][8].", "Oil it [1].")]
    [InlineData("Oil it [1, 7].", "Oil it [1].")]
    [InlineData("Oil it 【7, 2, 3】.", "Oil it 【2, 3】.")]
    [InlineData("Oil it [2-9].", "Oil it [2-3].")]
    [InlineData("Oil it [0].", "Oil it.")]
    [InlineData("[9] So.", " So.")]
    [InlineData("In [2024], [1999-2001] and x[7], `[8]`, ` [9]", "In [2024], [1999-2001] and x[7], `[8]`, ` [9]")]
    [InlineData("```\n[7]\n```", "```\n[7]\n```")]
    [InlineData("[7](x) [a] [", "[7](x) [a] [")]
    [InlineData("ends  ", "ends  ")]
    public void Append_NumbersWithoutASource_AreRemoved(string text, string expected) => Assert.Equal(expected, Removing(text).Text);

    [Theory]
    [InlineData("a [7] b [1] c", "a b [1] c", 4, 7)]
    [InlineData("a [1, 7]", "a [1]", 2, 5)]
    public void Append_Removed_MarkersCountInWhatIsDelivered(string text, string delivered, int start, int end)
    {
        (string actual, IReadOnlyList<CitationMarker> markers) = Removing(text);

        Assert.Equal(delivered, actual);
        Assert.Equal((start, end), (Assert.Single(markers).Start, markers[0].End));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Append_AnySplit_GivesTheSame(bool removes)
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            Random random = new(seed);
            string text = RandomAnswer.Write(random);
            CitationScanner whole = Scanner(removes);
            CitationScanner pieces = Scanner(removes);
            string expected = whole.Append(text) + whole.Complete();
            string actual = "";
            int read = 0;
            while (read < text.Length)
            {
                int length = Math.Min(random.Next(1, 12), text.Length - read);
                actual += pieces.Append(text.AsSpan(read, length));
                read += length;
                Assert.InRange(pieces.Held, 0, CitationScanner.MaxHeld);
            }

            actual += pieces.Complete();

            Assert.Equal(expected, actual);
            Assert.Equal(removes ? expected : text, expected);
            Assert.Equal(whole.Markers.Select(Describe), pieces.Markers.Select(Describe));
            Assert.All(whole.Markers, marker =>
            {
                Assert.InRange(marker.End, marker.Start + 3, expected.Length);
                Assert.Contains(expected[marker.Start], "[【［〔");
                Assert.Contains(expected[marker.End - 1], "]】］〕");
            });
            Assert.Equal(whole.Markers.OrderBy(marker => marker.Start).Select(Describe), whole.Markers.Select(Describe));
        }
    }

    [Fact]
    public void Append_KeptText_HoldsNothingThatIsNotDeliveredInTheEnd()
    {
        CitationScanner scanner = Scanner(removes: true);

        Assert.Equal("a", scanner.Append("a "));
        Assert.Equal("", scanner.Append("[" + new string('1', 30)));
        Assert.Equal(32, scanner.Held);
        Assert.Equal(" [" + new string('1', 31), scanner.Append("1"));
        Assert.Equal(0, scanner.Held);
    }

    private static string Describe(CitationMarker marker) => $"{marker.Start}-{marker.End}:{string.Join(',', marker.Numbers)}";

    private static CitationScanner Scanner(bool removes) => new(removes ? number => Sources.Contains(number) : null);

    private static (string Text, IReadOnlyList<CitationMarker> Markers) Removing(string text)
    {
        CitationScanner scanner = Scanner(removes: true);
        return (scanner.Append(text) + scanner.Complete(), scanner.Markers);
    }

    private static string Found(string text)
    {
        CitationScanner scanner = new();
        Assert.Equal(text, scanner.Append(text) + scanner.Complete());
        return string.Join(' ', scanner.Markers
            .Select(marker => (Text: text[marker.Start..marker.End], Numbers: string.Join(',', marker.Numbers.SelectMany(range => Enumerable.Range(range.From, Math.Min(range.To - range.From, 9) + 1)).Where(Sources.Contains))))
            .Where(found => found.Numbers.Length > 0)
            .Select(found => $"{found.Text}={found.Numbers}"));
    }
}
