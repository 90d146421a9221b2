using System.Globalization;
using System.Text;

namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

/// <summary>Writes a regular expression for .NET, over the letters of an alphabet.</summary>
internal sealed class RegexWriter
{
    private readonly StringBuilder _written = new();
    private readonly RegexAlphabet _alphabet;

    private RegexWriter(RegexAlphabet alphabet) => _alphabet = alphabet;

    public static string Write(RegexNode node, RegexAlphabet alphabet)
    {
        RegexWriter writer = new(alphabet);
        writer.Append(node);
        return writer._written.ToString();
    }

    /// <summary>The sets of characters that an expression has.</summary>
    public static IEnumerable<CodePointSet> Sets(RegexNode node) => node switch
    {
        RegexNode.Characters characters => [characters.Set],
        RegexNode.Sequence sequence => sequence.Items.SelectMany(Sets),
        RegexNode.Choice choice => choice.Items.SelectMany(Sets),
        RegexNode.Repeat repeat => Sets(repeat.Body),
        RegexNode.Atomic atomic => Sets(atomic.Body),
        RegexNode.Look look => Sets(look.Body),
        _ => [],
    };

    private void Append(RegexNode node)
    {
        switch (node)
        {
            case RegexNode.Characters characters:
                AppendLetters(_alphabet.Letters(characters.Set));
                break;
            case RegexNode.Sequence sequence:
                AppendAll("(?:", sequence.Items, "");
                break;
            case RegexNode.Choice choice:
                AppendAll("(?:", choice.Items, "|");
                break;
            case RegexNode.Repeat repeat:
                AppendBody(repeat.Body);
                _ = _written.Append(CultureInfo.InvariantCulture, $"{{{repeat.Least},{repeat.Most}}}").Append(repeat.IsLazy ? "?" : "");
                break;
            case RegexNode.Atomic atomic:
                AppendAll("(?>", [atomic.Body], "");
                break;
            case RegexNode.Look look:
                AppendAll($"(?{(look.IsBehind ? "<" : "")}{(look.IsNegative ? "!" : "=")}", [look.Body], "");
                break;
            case RegexNode.TextEdge edge:
                _ = _written.Append(edge.IsEnd ? @"\z" : @"\A");
                break;
            default:
                throw new InvalidOperationException($"{node.GetType().Name} has no way to be written.");
        }
    }

    /// <remarks>
    /// A capture keeps .NET from making one loop of two where the inner one is atomic: it matches three dots with (?>\W+){2}.
    /// </remarks>
    private void AppendBody(RegexNode body)
    {
        if (body is RegexNode.Characters)
        {
            Append(body);
        }
        else
        {
            AppendAll(body.HasAtomic ? "(" : "(?:", [body], "");
        }
    }

    private void AppendAll(string open, IReadOnlyList<RegexNode> nodes, string separator)
    {
        _ = _written.Append(open);
        for (int i = 0; i < nodes.Count; i++)
        {
            _ = _written.Append(i > 0 ? separator : "");
            Append(nodes[i]);
        }

        _ = _written.Append(')');
    }

    private void AppendLetters(char[] letters)
    {
        if (letters.Length == 0)
        {
            _ = _written.Append("(?!)");
        }
        else if (letters.Length == _alphabet.Count)
        {
            _ = _written.Append(@"[\s\S]");
        }
        else
        {
            _ = _written.Append('[');
            foreach (char letter in letters)
            {
                _ = _written.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
            }

            _ = _written.Append(']');
        }
    }
}
