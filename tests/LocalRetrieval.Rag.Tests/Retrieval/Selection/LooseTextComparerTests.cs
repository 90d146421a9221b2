using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag.Tests.Retrieval.Selection;

public sealed partial class LooseTextComparerTests
{
    /// <summary>Beside a plain way to say the same, over short random texts.</summary>
    [Fact]
    public void Equals_AnyTexts_IsEqualityOfTheNormalizedOnes()
    {
        Random random = new(1);
        int equals = 0;
        for (int round = 0; round < 20_000; round++)
        {
            (string left, string right) = (Text(random), Text(random));
            bool expected = string.Equals(Normalize(left), Normalize(right), StringComparison.OrdinalIgnoreCase);
            equals += expected ? 1 : 0;

            Assert.True(expected == LooseTextComparer.Instance.Equals(left, right), $"'{left}' and '{right}'");
            Assert.True(!expected || LooseTextComparer.Instance.GetHashCode(left) == LooseTextComparer.Instance.GetHashCode(right));
        }

        Assert.True(equals > 500);
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => "aAbé \n\u00A0"[random.Next(7)]));

    private static string Normalize(string text) => Blanks().Replace(text.Trim(), " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
