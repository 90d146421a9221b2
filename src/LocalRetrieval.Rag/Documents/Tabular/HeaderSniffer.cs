using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>Tells whether a table's first row has the names of its columns.</summary>
internal static class HeaderSniffer
{
    private const int MaxNameLength = 120;

    /// <summary>Whether <paramref name="first"/> has names, given some rows below.</summary>
    public static bool IsHeader(IReadOnlyList<string> first, IReadOnlyList<IReadOnlyList<string>> below)
    {
        if (first.All(string.IsNullOrWhiteSpace) || first.Any(cell => cell.Length > MaxNameLength))
        {
            return false;
        }

        int votes = 0;
        for (int column = 0; column < first.Count; column++)
        {
            string[] values = [.. below.Where(row => column < row.Count && !string.IsNullOrWhiteSpace(row[column])).Select(row => row[column])];
            bool isOfNumbers = values.Length > 0 && values.Count(IsNumberOrDate) * 5 >= values.Length * 4;
            votes += !isOfNumbers || string.IsNullOrWhiteSpace(first[column]) ? 0 : !IsNumberOrDate(first[column]) ? 1 : IsYear(first[column]) && !values.All(IsYear) ? 0 : -1;
        }

        return votes != 0 ? votes > 0 : HasNames(first, below);
    }

    /// <summary>Names are each another, no numbers, and stand nowhere below.</summary>
    private static bool HasNames(IReadOnlyList<string> first, IReadOnlyList<IReadOnlyList<string>> below)
    {
        string[] names = [.. first.Where(cell => !string.IsNullOrWhiteSpace(cell)).Select(cell => cell.Trim())];
        return names.Length >= first.Count - 1
            && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length
            && !names.Any(name => IsNumberOrDate(name) && !IsYear(name))
            && !Enumerable.Range(0, first.Count).Any(column => first[column].Length > 0 && below.Any(row => column < row.Count && row[column] == first[column]));
    }

    private static bool IsYear(string cell) =>
        int.TryParse(cell.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int year) && year is >= 1500 and <= 2200;

    private static bool IsNumberOrDate(string cell)
    {
        string value = cell.Trim().TrimEnd('%').TrimStart('$', '€', '£');
        return double.TryParse(value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _)
            || (value.Length is > 5 and < 40 && char.IsAsciiDigit(value[0]) && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _));
    }
}
