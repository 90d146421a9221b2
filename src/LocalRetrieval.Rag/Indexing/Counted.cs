using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>Numbers with what they count.</summary>
internal static class Counted
{
    /// <summary>Such as <c>1 document</c> and <c>2 documents</c>.</summary>
    public static string Of(int count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {Noun(count, one)}");

    /// <summary>Such as <c>document</c> for 1 and <c>documents</c> for any other number.</summary>
    public static string Noun(int count, string one) => count == 1 ? one : one + "s";
}
