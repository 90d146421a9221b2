using System.Globalization;

namespace LocalRetrieval.SemanticKernel;

/// <summary>A whole number as it comes: of code as a number, of a prompt template as a text, of a model as either, or as anything.</summary>
internal static class WholeNumber
{
    /// <summary>The most of a value that is said again, in UTF-16 units.</summary>
    private const int MaxQuote = 40;

    /// <summary>Reads a number within bounds.</summary>
    /// <param name="value">The value. Null and a blank text are no number.</param>
    /// <param name="least">The least number.</param>
    /// <param name="most">The greatest number.</param>
    /// <param name="number">The number; null where none is given.</param>
    /// <returns>False where something else is given.</returns>
    public static bool TryRead(object? value, int least, int most, out int? number)
    {
        number = null;
        string text = TextOf(value);
        if (text.Length == 0)
        {
            return true;
        }

        // 3.0 is a whole number in JSON.
        bool isWhole = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal read) && decimal.IsInteger(read);
        number = isWhole && read >= least && read <= most ? (int)read : null;
        return number is not null;
    }

    /// <summary>What was given instead: a number as it is, anything else in quotes, its start where it is long.</summary>
    public static string Quote(object? value)
    {
        string text = TextOf(value);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? text
            : text.Length <= MaxQuote ? $"'{text}'"
            : $"'{text.AsSpan(0, char.IsHighSurrogate(text[MaxQuote - 1]) ? MaxQuote - 1 : MaxQuote)}…'";
    }

    private static string TextOf(object? value) => (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "").Trim();
}
