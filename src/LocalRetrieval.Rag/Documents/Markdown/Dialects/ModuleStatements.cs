using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>Finds the statements of a module in MDX: imports and exports.</summary>
internal static partial class ModuleStatements
{
    private const int MaxLength = 16384;

    /// <summary>The end of the last line of the statement that starts at <paramref name="start"/>; -1 where none does.</summary>
    public static int Match(string text, int start)
    {
        ReadOnlySpan<char> rest = text.AsSpan(start, Math.Min(MaxLength, text.Length - start));
        if (rest.StartsWith("import ", StringComparison.Ordinal) || rest.StartsWith("import{", StringComparison.Ordinal))
        {
            return Import().Match(rest[..Math.Min(4096, rest.Length)].ToString()) is { Success: true } import ? start + import.Length : -1;
        }

        return rest.StartsWith("export ", StringComparison.Ordinal) && Export().IsMatch(rest[..Math.Min(256, rest.Length)].ToString())
            && FindEnd(rest) is var end and > 0 ? start + end : -1;
    }

    /// <summary>The end of the line at which all brackets are closed.</summary>
    private static int FindEnd(ReadOnlySpan<char> text)
    {
        int depth = 0;
        char quote = '\0';
        for (int index = 0; index < text.Length; index++)
        {
            char c = text[index];
            if (quote != '\0')
            {
                index += c == '\\' ? 1 : 0;
                quote = c == quote || (c == '\n' && quote != '`') ? '\0' : quote;
            }
            else if (c is '\r' or '\n' && depth <= 0 && text[..index].TrimEnd() is not [.., '=' or ',' or '(' or '>'])
            {
                return index;
            }
            else
            {
                quote = c is '"' or '\'' or '`' ? c : quote;
                depth += c is '{' or '(' or '[' ? 1 : c is '}' or ')' or ']' ? -1 : 0;
            }
        }

        return depth <= 0 && text.Length < MaxLength ? text.Length : -1;
    }

    [GeneratedRegex("""^import(?:[\w$*,{}\s]*[\s}]from\s*|\s*)(?:"[^"\r\n]*"|'[^'\r\n]*')[ \t]*;?[ \t]*(?=\r|\n|$)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Import();

    [GeneratedRegex("""^export\s+(?:(?:const|let|var)\s+[\w$]+\s*(?::[^=]+)?=|(?:default\s+)?(?:async\s+)?function\b[^(]*\(|default\s+(?:class\b|[({])|class\s+\w+|\{[^}]*\}|\*\s+from\b|type\s+\w+|default\s+[\w$]+\s*;?\s*$)""", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Export();
}
