using System.Buffers;
using System.Text.RegularExpressions;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Patterns.Regexes;
using LocalRetrieval.Tokenizers.PreTokenizers;

namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>
/// Any regular expression, by .NET's matcher: the expression and each text are written in a <see cref="RegexAlphabet"/> first, so that
/// what a character is comes from the reference's tables, and no match begins or ends within one.
/// </summary>
internal sealed class RegexPattern : TextPattern
{
    /// <summary>How long one search may take; the reference, too, gives up on an expression that backtracks without end.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly RegexAlphabet _alphabet;
    private readonly Regex _regex;

    private RegexPattern(RegexNode node, RegexOptions options)
    {
        _alphabet = new RegexAlphabet(RegexWriter.Sets(node));
        _regex = new Regex(RegexWriter.Write(node, _alphabet), options | RegexOptions.CultureInvariant, Timeout);
    }

    /// <summary>Reads the regular expression that a field holds.</summary>
    /// <param name="expression">The field.</param>
    /// <param name="options">Compiled takes some 20 ms more at load, and a fifth of the time at each text.</param>
    /// <exception cref="InvalidDataException">It is malformed, or cannot be matched as the reference does.</exception>
    public static RegexPattern Read(JsonField expression, RegexOptions options = RegexOptions.Compiled) =>
        new(RegexParser.Parse(expression), options);

    /// <remarks>An empty match right after another match is none.</remarks>
    protected override void Find(ReadOnlySpan<char> text, List<TextPiece> matches)
    {
        char[] letters = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            int count = _alphabet.Translate(text, letters);
            CharacterPositions positions = new(text, isOneUnitEach: count == text.Length);
            int lastEnd = -1;
            foreach (ValueMatch match in _regex.EnumerateMatches(letters.AsSpan(0, count)))
            {
                if (match.Length == 0 && match.Index == lastEnd)
                {
                    continue;
                }

                lastEnd = match.Index + match.Length;
                int start = positions.MoveTo(match.Index);
                matches.Add(new TextPiece(start, positions.MoveTo(lastEnd)));
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
        }
    }
}
