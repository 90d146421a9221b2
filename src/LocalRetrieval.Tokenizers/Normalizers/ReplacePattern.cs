using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>
/// What "Replace" looks for: a text, or one character so often in a row. Of regular expressions, those that say no more than that are
/// read: letters, digits and spaces, alone or with a "+" or "{n,}" after a single one.
/// </summary>
internal sealed class ReplacePattern
{
    private readonly string _text;
    private readonly int _least;

    private ReplacePattern(string text, int least)
    {
        _text = text;
        _least = least;
    }

    /// <summary>Reads an object with one member, "String" or "Regex".</summary>
    public static ReplacePattern Read(JsonField field)
    {
        if (field.Optional("Regex") is { } expression)
        {
            return FromExpression(expression.String())
                ?? throw expression.Invalid($"'{expression.String()}'", "a text, or one character with + or {n,} after it");
        }

        JsonField text = field["String"];
        return text.String().Length > 0 ? new ReplacePattern(text.String(), 0) : throw text.Invalid("''", "a text that is not empty");
    }

    /// <summary>The first match in a text.</summary>
    /// <returns>Where it begins, -1 where there is none.</returns>
    public int Find(ReadOnlySpan<char> text, out int length)
    {
        length = _text.Length;
        if (_least == 0)
        {
            return text.IndexOf(_text, StringComparison.Ordinal);
        }

        for (int start = text.IndexOf(_text[0]); start >= 0;)
        {
            ReadOnlySpan<char> rest = text[start..];
            length = rest.IndexOfAnyExcept(_text[0]);
            length = length < 0 ? rest.Length : length;
            if (length >= _least)
            {
                return start;
            }

            int next = rest[length..].IndexOf(_text[0]);
            start = next < 0 ? -1 : start + length + next;
        }

        return -1;
    }

    private static ReplacePattern? FromExpression(string expression)
    {
        if (expression.Length == 0 || !IsLiteral(expression[0]))
        {
            return null;
        }

        ReadOnlySpan<char> rest = expression.AsSpan(1);
        if (rest is "+")
        {
            return new ReplacePattern(expression[..1], 1);
        }

        if (rest.StartsWith("{") && rest.EndsWith(",}") && IsCount(rest[1..^2]))
        {
            return new ReplacePattern(expression[..1], int.Parse(rest[1..^2], System.Globalization.CultureInfo.InvariantCulture));
        }

        return expression.All(IsLiteral) ? new ReplacePattern(expression, 0) : null;
    }

    private static bool IsLiteral(char unit) => char.IsAsciiLetterOrDigit(unit) || unit is ' ' or '\u2581';

    private static bool IsCount(ReadOnlySpan<char> digits) =>
        digits.Length is 1 or 2 && digits[0] is >= '1' and <= '9' && digits.IndexOfAnyExceptInRange('0', '9') < 0;
}
