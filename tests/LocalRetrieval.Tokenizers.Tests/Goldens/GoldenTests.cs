using System.Globalization;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Tokenizers.Tests.Goldens;

/// <summary>Every case that the reference implementation was asked; nothing is left out.</summary>
public sealed class GoldenTests
{
    [SharedTheory]
    [InlineData("all-MiniLM-L6-v2")]
    [InlineData("bert-base-uncased")]
    [InlineData("bert-base-chinese")]
    [InlineData("bert-base-multilingual-cased")]
    [InlineData("bge-small-en")]
    [InlineData("synth-mpnet")]
    [InlineData("synth-cased")]
    public void Encode_EveryGoldenCase_EqualsReference(string name)
    {
        string goldens = SharedData.Path("goldens", "tokenizers", name + ".jsonl");
        int checkedCases = GoldenCheck.CheckAll(SharedData.Path("tokenizers", name), goldens);
        Assert.Equal(File.ReadLines(goldens).Count() - 1, checkedCases);
        Assert.Equal(419, checkedCases);
    }

    /// <summary>Cultures whose casing differs; invariant globalization, under which all must pass too, has none of them.</summary>
    public static TheoryData<string> Cultures =>
        CultureInfo.GetCultures(CultureTypes.AllCultures).Length == 1 ? [""] : ["", "tr-TR", "az-Latn-AZ", "lt-LT"];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Encode_CommittedCasesUnderCulture_EqualsReference(string culture)
    {
        CultureInfo previous = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(140, GoldenCheck.CheckAll(TestData.Folder, Path.Combine(TestData.Folder, "goldens.jsonl")));
        }
        finally
        {
            CultureInfo.CurrentCulture = previous;
        }
    }
}
