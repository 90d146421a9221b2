using System.Globalization;

namespace LocalRetrieval.Tokenizers.Tests.Goldens;

/// <summary>Every case that the reference implementation was asked; nothing is left out.</summary>
public sealed class GoldenTests
{
    public const int CasesPerTokenizer = 419;

    public static TheoryData<string> Names =>
    [
        "all-MiniLM-L6-v2", "bert-base-uncased", "bert-base-chinese", "bert-base-multilingual-cased", "bge-small-en", "synth-mpnet",
        "synth-cased", "roberta-base", "phi-2", "synth-llama3", "synth-mpnet-bpe", "synth-modernbert", "synth-wordlevel", "synth-xlmr",
        "t5-small", "phi-3",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_EveryGoldenCase_EqualsReference(string name) => Assert.Equal(CasesPerTokenizer, GoldenCheck.CheckAll(name));

    /// <summary>Cultures whose casing differs; invariant globalization, under which all must pass too, has none of them.</summary>
    public static IEnumerable<string> Cultures =>
        CultureInfo.GetCultures(CultureTypes.AllCultures).Length == 1 ? [""] : ["tr-TR", "az-Latn-AZ", "lt-LT"];

    /// <summary>Loads each tokenizer under one culture and encodes under all.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_EveryGoldenCaseUnderCultures_EqualsReference(string name)
    {
        CultureInfo previous = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(Cultures.First());
            Tokenizer tokenizer = TestData.Load(name);
            IReadOnlyList<GoldenCase> cases = GoldenCheck.Cases(name);
            foreach (string culture in Cultures)
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Assert.Equal(CasesPerTokenizer, GoldenCheck.CheckAll(tokenizer, cases));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = previous;
        }
    }
}
