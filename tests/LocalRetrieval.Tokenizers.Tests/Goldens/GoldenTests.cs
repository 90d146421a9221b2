using System.Globalization;

namespace LocalRetrieval.Tokenizers.Tests.Goldens;

/// <summary>Every case that the reference implementation was asked; nothing is left out.</summary>
public sealed class GoldenTests
{
    public const int CasesPerTokenizer = 419;

    [Theory]
    [InlineData("all-MiniLM-L6-v2")]
    [InlineData("bert-base-uncased")]
    [InlineData("bert-base-chinese")]
    [InlineData("bert-base-multilingual-cased")]
    [InlineData("bge-small-en")]
    [InlineData("synth-mpnet")]
    [InlineData("synth-cased")]
    [InlineData("roberta-base")]
    [InlineData("phi-2")]
    [InlineData("synth-llama3")]
    [InlineData("synth-mpnet-bpe")]
    [InlineData("synth-modernbert")]
    [InlineData("synth-wordlevel")]
    [InlineData("synth-xlmr")]
    [InlineData("t5-small")]
    [InlineData("phi-3")]
    public void Encode_EveryGoldenCase_EqualsReference(string name) => Assert.Equal(CasesPerTokenizer, GoldenCheck.CheckAll(name));

    /// <summary>Cultures whose casing differs; invariant globalization, under which all must pass too, has none of them.</summary>
    public static TheoryData<string> Cultures =>
        CultureInfo.GetCultures(CultureTypes.AllCultures).Length == 1 ? [""] : ["", "tr-TR", "az-Latn-AZ", "lt-LT"];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Encode_EveryGoldenCaseUnderCulture_EqualsReference(string culture)
    {
        CultureInfo previous = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(CasesPerTokenizer, GoldenCheck.CheckAll("bert-base-uncased"));
            Assert.Equal(CasesPerTokenizer, GoldenCheck.CheckAll("synth-cased"));
        }
        finally
        {
            CultureInfo.CurrentCulture = previous;
        }
    }
}
