using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalRetrieval.Documents.Text;

/// <summary>What stands before an item of a list.</summary>
/// <param name="Length">The marker's length with the space behind it.</param>
/// <param name="Number">Its number; null for a bullet or a letter.</param>
/// <param name="IsLetter">Whether it is a letter or a roman number, which is kept as text.</param>
internal readonly partial record struct ListMarker(int Length, int? Number, bool IsLetter)
{
    private const string Bullets = "•◦▪▫‣●○■□➢✓✔➤►▶❖◆◇⁃∙·※★☆–—-*";

    /// <summary>Whether a sign is a bullet that is nothing else.</summary>
    public static bool IsBullet(string sign) => sign.Length == 1 && Bullets.IndexOf(sign[0]) is >= 0 and < 28;

    /// <summary>The marker at the start of a line; null where there is none.</summary>
    public static ListMarker? Find(string line)
    {
        if (line.Length > 2 && Bullets.Contains(line[0]) && line[1] == ' ')
        {
            return new ListMarker(2, null, IsLetter: false);
        }

        if (line.Length > 1 && IsBullet(line[..1]) && line[0] != '·')
        {
            return new ListMarker(1, null, IsLetter: false);
        }

        Match match = Numbered().Match(line);
        if (!match.Success)
        {
            return null;
        }

        string number = match.Groups[1].Value;
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal)
            ? new ListMarker(match.Length, ordinal, IsLetter: false)
            : new ListMarker(match.Length, null, IsLetter: true);
    }

    [GeneratedRegex(@"^\(?([0-9]{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]\s+(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}
