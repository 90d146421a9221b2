using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>Reads the dates of front matter.</summary>
internal static class FrontMatterDates
{
    /// <summary>Reads a date with its year in four digits; without an offset it counts as UTC.</summary>
    /// <remarks>Dates whose day and month could be exchanged, such as 01/02/2024, are not read.</remarks>
    public static DateTimeOffset? Parse(string text)
    {
        bool isClear = text.Length >= 7 && (FindYear(text) is var year && (year == 0 || (year > 0 && text.Any(char.IsAsciiLetter))));
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        return isClear && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Styles, out DateTimeOffset date) ? date : null;
    }

    private static int FindYear(string text)
    {
        for (int index = 0; index + 4 <= text.Length; index++)
        {
            if (text.AsSpan(index, 4).IndexOfAnyExceptInRange('0', '9') < 0)
            {
                return index;
            }
        }

        return -1;
    }
}
