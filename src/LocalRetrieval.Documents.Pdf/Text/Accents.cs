using System.Text;
using LocalRetrieval.Documents.Layout;

namespace LocalRetrieval.Documents.Text;

/// <summary>Puts accents that are drawn over letters together with them.</summary>
internal static class Accents
{
    // Accents that stand alone, and the combining ones that mean the same.
    private const string Alone = "´`ˆ˜¨¸˚ˇ˘˙˝˛¯";
    private const string Combining = "\u0301\u0300\u0302\u0303\u0308\u0327\u030A\u030C\u0306\u0307\u030B\u0328\u0304";

    /// <summary>The letter with its accent, where one of two signs is drawn over the other; null where they are two.</summary>
    public static Glyph? TryCompose(Glyph first, Glyph second) =>
        Compose(first, second) ?? Compose(second, first);

    private static Glyph? Compose(Glyph letter, Glyph accent)
    {
        int index = accent.Text.Length == 1 ? Alone.IndexOf(accent.Text[0], StringComparison.Ordinal) : -1;
        double middle = (accent.Left + accent.Right) / 2;
        if (index < 0 || letter.Text.Length != 1 || middle < letter.Left || middle > letter.Right)
        {
            return null;
        }

        char sign = letter.Text[0] switch { 'ı' => 'i', 'ȷ' => 'j', char other => other };
        string composed = $"{sign}{Combining[index]}".Normalize(NormalizationForm.FormC);
        return composed.Length == 1 ? letter with { Text = composed } : null;
    }
}
