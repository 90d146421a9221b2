using LocalRetrieval.VectorData.Keyword;

namespace LocalRetrieval.VectorData.Tests.Keyword;

public sealed class TextAnalyzerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  ,;!?\n", "")]
    [InlineData("The quick (\"brown\") fox can’t jump 32.3 feet, right?", "the|quick|brown|fox|can't|jump|32.3|feet|right")]
    [InlineData("state-of-the-art snake_case camelCase", "state|of|the|art|snake_case|camelcase")]
    [InlineData("end.Start 1,000,000 3. x'", "end|start|1,000,000|3|x")]
    [InlineData("'quoted' rock 'n' roll", "quoted|rock|n|roll")]
    [InlineData("p53 CO2 B12", "p53|co2|b12")]
    [InlineData("Größe STRASSE ÉTÉ", "größe|strasse|été")]
    [InlineData("e\u0301te\u0301 ＡＢＣ１２ ﬁne", "été|abc12|fine")]
    [InlineData("Привет, МИР", "привет|мир")]
    [InlineData("ΑΘΗΝΑ שָׁלוֹם مرحبا", "αθηνα|שָׁלוֹם|مرحبا")]
    [InlineData("हिन्दी भाषा", "हिन्दी|भाषा")]
    [InlineData("東京都 猫", "東京|京都|猫")]
    [InlineData("日本語のテキスト2024年", "日本|本語|語の|のテ|テキ|キス|スト|2024|年")]
    [InlineData("한국어 검색", "한국|국어|검색")]
    [InlineData("ภาษาไทย", "ภา|าษ|ษา|าไ|ไท|ทย")]
    [InlineData("ที่นี่", "ที่นี่")]
    [InlineData("soft\u00ADhyphen a\u200Db", "softhyphen|ab")]
    [InlineData("𠀀𠀁 😀 𝐀", "𠀀𠀁|a")]
    [InlineData("a\uD800b", "a|b")]
    [InlineData("ΟΔΟΣ οδός ΣΊΣΥΦΟΣ σίσυφος", "οδοσ|οδόσ|σίσυφοσ")]
    [InlineData("п'ять п’ять п\u02BCять", "п'ять")]
    [InlineData("葛\uDB40\uDD00城 葛城", "葛城")]
    [InlineData("1\uFE0F\u20E3 ❤\uFE0F", "1\u20E3")]
    [InlineData("二〇二四年", "二〇|〇二|二四|四年")]
    [InlineData("می\u200Cخواهم ١٢٣ ١٫٥", "میخواهم|١٢٣|١|٥")]
    [InlineData("မြန်မာ \uAA60\uAA61", "မြန်|န်မာ|\uAA60\uAA61")]
    [InlineData("l'homme O’Neill rock’n’roll 'tis dogs' ''", "l'homme|o'neill|rock'n'roll|tis|dogs")]
    [InlineData("v1.2.3 192.168.0.1 1,5 .5 5. 3.a", "v1.2.3|192.168.0.1|1,5|5|3|a")]
    [InlineData("naïve Ǆ ŒUVRE", "naïve|dž|œuvre")]
    [InlineData("\u0301a \u0E31", "a")]
    [InlineData("é\uFFFEb \uFFFF", "éb")]
    public void Analyze_Texts_GivesTheirTerms(string text, string expected) => Assert.Equal(expected, string.Join('|', Terms(new TextAnalyzer(), text)));

    [Fact]
    public void Analyze_AnyCharacters_GivesTermsThatAnalyzeToThemselves()
    {
        TextAnalyzer analyzer = new();
        for (int first = 0; first < 0x20000; first++)
        {
            // What is no character alone, such as half a surrogate pair, is there too.
            string text = first < 0x10000 ? $"x{(char)first}y {(char)first}" : $"x{char.ConvertFromUtf32(first)}y {char.ConvertFromUtf32(first)}";
            foreach (string term in Terms(analyzer, text))
            {
                Assert.Equal([term], Terms(analyzer, term));
            }
        }
    }

    [Fact]
    public void Analyze_StopWordsAndStems_AreEnglish() =>
        Assert.Equal("wing|flow|don't", string.Join('|', Terms(new TextAnalyzer(WordForms.Find("en", removeStopWords: true, stem: true)), "The wings of the flows don't")));

    [Fact]
    public void Analyze_LongWord_IsCut() => Assert.Equal([255, 255, 90], Terms(new TextAnalyzer(), string.Concat(Enumerable.Range(0, 600).Select(i => (char)('a' + (i * i % 26))))).Select(term => term.Length));

    [Fact]
    public void Analyze_RandomText_GivesTermsThatAnalyzeToThemselves()
    {
        Random random = new(7);
        TextAnalyzer analyzer = new();
        string alphabet = "aB3 .,'’\u02BCΣς〇\uFE0F_-é\u0301שَ東京กี\u00AD\uD840\uDC00\uD83D한ー";
        for (int i = 0; i < 5000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(20)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            Assert.All(Terms(analyzer, text), term =>
            {
                Assert.NotEqual("", term);
                Assert.Equal(term, string.Concat(Terms(analyzer, term)));
            });
        }
    }

    [Fact]
    public void TermCounter_RepeatedTermsOverTexts_CountsEachTextAnew()
    {
        TermCounter counter = new();
        new TextAnalyzer().Analyze("b a b c b", counter);
        Assert.Equal([("b", 3), ("a", 1), ("c", 1)], Counted(counter));
        Assert.Equal(5, counter.Total);

        counter.Reset();
        new TextAnalyzer().Analyze("c d b c", counter);
        Assert.Equal([("c", 2), ("d", 1), ("b", 1)], Counted(counter));
        Assert.Equal(4, counter.Total);
    }

    private static IEnumerable<(string Term, float Weight)> Counted(TermCounter counter) => counter.Counts.Select(count => (count.Term, count.Weight));

    private static List<string> Terms(TextAnalyzer analyzer, string text)
    {
        TermCounter counter = new();
        analyzer.Analyze(text, counter);
        return [.. counter.Counts.Select(count => count.Term)];
    }
}
