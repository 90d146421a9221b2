using System.Globalization;
using System.Text.RegularExpressions;

namespace ConsoleRag.Chat;

/// <summary>Rewrites the citation markers of a text that comes in pieces, so that each cites one source that there is.</summary>
/// <remarks>[1, 2] becomes [1][2]. What stands in code, between backticks, is left alone: a[9] is no citation there.</remarks>
internal sealed partial class CitationFilter(int sources, Func<string, string> unknown)
{
    private string _held = "";
    private bool _isCode;

    /// <summary>The next piece, without an end that may be the start of a marker.</summary>
    public string Add(string piece)
    {
        string text = _held + piece;
        int end = OpenRegex().Match(text).Index;
        _held = text[end..];
        return Rewrite(text[..end]);
    }

    /// <summary>What was held back.</summary>
    public string Complete() => Rewrite(_held);

    private string Rewrite(string text) => TokenRegex().Replace(text, Rewrite);

    private string Rewrite(Match token)
    {
        if (token.Value[0] == '`')
        {
            _isCode = !_isCode;
        }

        return _isCode || token.Value[0] == '`'
            ? token.Value
            : string.Concat(token.Groups["number"].Captures.Select(number => Marker(number.Value)));
    }

    private string Marker(string number)
    {
        int value = int.Parse(number, CultureInfo.InvariantCulture);
        return value > 0 && value <= sources ? $"[{value}]" : unknown(number);
    }

    // A bracket before a parenthesis is a link in Markdown.
    [GeneratedRegex(@"`+|\[\s*(?<number>[0-9]{1,4})(?:\s*,\s*(?<number>[0-9]{1,4}))*\s*\](?!\()", RegexOptions.CultureInvariant)]
    private static partial Regex TokenRegex();

    [GeneratedRegex(@"(?:`+|\[[\s0-9,]*\]?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex OpenRegex();
}
