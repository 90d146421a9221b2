using LocalRetrieval.VectorData.Keyword;

namespace LocalRetrieval.VectorData.Tests.Keyword;

public sealed class IdentifierAnalyzerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  ,;!?\n", "")]
    [InlineData("The quick fox, right?", "the quick fox right")]
    [InlineData("C++, C# and F#.", "c++ c# and f#")]
    [InlineData("C/C++ g++ Notepad++ C#/F#", "c c++ g++ notepad++/notepad c# f#")]
    [InlineData("C++17 C#12 C++-style", "c++17/c++/17 c#12/c#/12 c++-style/c++/style/c++style")]
    [InlineData("# Title issue #123 a+b x++y", "title issue 123 a b x y")]
    [InlineData(".NET ASP.NET node.js (.env)", ".net/net asp.net/asp/net node.js/node/js .env/env")]
    [InlineData("Wait...what .5 a. .b", "wait what 5 a .b")]
    [InlineData("v1.22", "1.22/1./1.22./1")]
    [InlineData("V1.22.0", "1.22.0/1./1.22./1.22.0./1")]
    [InlineData("v2 2", "v2/2. 2")]
    [InlineData("1.2.3.4.5.6", "1.2.3.4.5.6/1./1.2./1.2.3./1.2.3.4./1")]
    [InlineData("v1.22.0-beta.2", "1.22.0-beta.2/1.22.0-beta/1.22.0/1./1.22./1.22.0./1/beta/v1.22.0beta/2")]
    [InlineData("python3.12 3.5mm", "python3.12/python/3.12/3./3.12./3 3.5mm/mm/3.5/3./3.5./3")]
    [InlineData("1,000,000 1000000", "1000000 1000000")]
    [InlineData("1,234.50 1.000.000", "1234.50/1234 1.000.000/1./1.000./1.000.000./1/1000000")]
    [InlineData("1,5 (1,2,3) 1.000,5", "1,5/1/5 1,2,3/1/2/3 1.000,5/1/000/5")]
    [InlineData("1_000_000", "1_000_000/1/000/1000000")]
    [InlineData("user's l’homme can't O'Neill rock'n'roll 'tis dogs'", "user's/user l'homme/homme can't/can o'neill/neill rock'n'roll/rock/roll tis dogs")]
    [InlineData("getUserName", "getusername/get/user/name")]
    [InlineData("HTTPServer parseJSON iPhone Int32Value", "httpserver/http/server parsejson/parse/json iphone/phone int32value/int32/int/32/value")]
    [InlineData("APIs URLs IDs", "apis urls ids")]
    [InlineData("user_name MAX_RETRY_COUNT __init__", "user_name/user/name/username max_retry_count/max/retry/count/maxretrycount __init__/init")]
    [InlineData("_ ___", "")]
    [InlineData("region-15 SHA-256 sha256", "region-15/region/15/region15 sha-256/sha/256/sha256 sha256/sha/256")]
    [InlineData("p53 A1B2C3 0x80070005", "p53/53 a1b2c3 0x80070005")]
    [InlineData("state-of-the-art U.S.A. e.g. end.Start", "state-of-the-art/state/of/the/art/stateoftheart u.s.a/usa e.g/eg end.start/end/start")]
    [InlineData("config.maxRetry foo.bar_baz", "config.maxretry/config/maxretry/max/retry foo.bar_baz/foo/bar_baz/bar/baz/barbaz")]
    [InlineData("İstanbul istanbul I\u0307stanbul i\u0307stanbul ISPARTA ısparta", "istanbul istanbul istanbul istanbul isparta isparta")]
    [InlineData("2024-01-15", "2024-01-15/2024/01/15/20240115")]
    [InlineData("Größe ΟΔΟΣ été e\u0301te\u0301", "größe οδοσ été été")]
    [InlineData("日本語Text2024年 soft\u00ADhyphen a\uD800b", "日本 本語 text2024/text/2024 年 softhyphen a b")]
    [InlineData("١٫٥ ١.٥ 1.٥ 1\u20E3", "١ ٥ ١.٥ 1.٥ 1\u20E3")]
    public void Analyze_Texts_GivesTheWholeAndItsParts(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Positions(new IdentifierAnalyzer(), text).Select(terms => string.Join('/', terms))));

    [Fact]
    public void Analyze_English_LeavesOutStopWordsAndStems() =>
        Assert.Equal(
            "wing user state-of-the-art/state/art/stateoftheart region-15/region/15/region15",
            string.Join(' ', Positions(new IdentifierAnalyzer(WordForms.Find("en", removeStopWords: true, stem: true)), "The wings of the user's state-of-the-art region-15")
                .Select(terms => string.Join('/', terms))));

    [Fact]
    public void Analyze_RandomText_CountsPositionsOnceAndTermsInProportion()
    {
        Random random = new(11);
        const string Alphabet = "aBcD12 .,'’-_+#İı\u0307vV東京กี\u00AD\uD840\uDC00\uD83Dé\u0301٥";
        foreach (WordForms? forms in new[] { null, WordForms.Find("en", removeStopWords: true, stem: true) })
        {
            IdentifierAnalyzer analyzer = new(forms);
            for (int i = 0; i < 5000; i++)
            {
                string text = new([.. Enumerable.Range(0, random.Next(i % 50 == 0 ? 2000 : 30)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
                List<List<string>> positions = Positions(analyzer, text);
                TermCounter counter = new();
                analyzer.Analyze(text, counter);

                Assert.Equal(positions.Count, counter.Total);
                Assert.All(positions, terms => Assert.DoesNotContain("", terms));
                Assert.Equal(
                    positions.SelectMany(terms => terms.Select((term, place) => (Term: term, Weight: place == 0 ? 1 : TermCounter.VariantWeight)))
                        .GroupBy(pair => pair.Term, pair => pair.Weight).Select(group => (group.Key, group.Sum())).OrderBy(pair => pair.Key, StringComparer.Ordinal),
                    counter.Counts.Select(count => (count.Term, count.Weight)).OrderBy(pair => pair.Term, StringComparer.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("1.")]
    [InlineData("a.")]
    [InlineData("a-")]
    [InlineData("a_")]
    [InlineData("aB")]
    [InlineData("1,")]
    [InlineData("a'")]
    [InlineData("a-b_c.dE1,000.")]
    [InlineData("++")]
    public void Analyze_LongRuns_GiveTermsInProportion(string unit)
    {
        string text = string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length));
        LengthCounter counter = new();

        new IdentifierAnalyzer().Analyze(text, counter);

        Assert.InRange(counter.Length, 0, 12 * text.Length);
    }

    private static List<List<string>> Positions(IdentifierAnalyzer analyzer, string text)
    {
        PositionList positions = new();
        analyzer.Analyze(text, positions);
        return positions.Positions;
    }

    /// <summary>Keeps the terms of each position, without the same one twice.</summary>
    private sealed class PositionList : ITermSink
    {
        public List<List<string>> Positions { get; } = [];

        public void Add(ReadOnlySpan<char> term) => Positions.Add([term.ToString()]);

        public void AddVariant(ReadOnlySpan<char> term)
        {
            if (!Positions[^1].Contains(term.ToString()))
            {
                Positions[^1].Add(term.ToString());
            }
        }
    }

    private sealed class LengthCounter : ITermSink
    {
        public long Length { get; private set; }

        public void Add(ReadOnlySpan<char> term) => Length += term.Length;

        public void AddVariant(ReadOnlySpan<char> term) => Length += term.Length;
    }
}
