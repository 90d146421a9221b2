using System.Buffers;

namespace LocalRetrieval.Rag;

/// <summary>Whether a line goes on with the statement before it.</summary>
internal static class CodeContinuation
{
    private static readonly SearchValues<string> Clauses = SearchValues.Create(
        ["else", "catch", "finally", "while", "from", "as", "elseif", "elsif", "elif", "until", "where", "satisfies"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Infixes = SearchValues.Create(
        ["else", "catch", "finally", "elseif", "instanceof", "in", "is", "as", "where", "extends", "implements", "by", "with", "satisfies"], StringComparison.Ordinal);

    private static readonly SearchValues<string> Prefixes = SearchValues.Create(
        [
            "else", "export", "default", "async", "extends", "implements", "public", "private", "protected", "internal", "static", "abstract", "final", "open",
            "override", "suspend", "inline", "in", "is", "as", "new",
        ],
        StringComparison.Ordinal);

    private static readonly SearchValues<char> Clausemarks = SearchValues.Create(")],;.=?:|&>");
    private static readonly SearchValues<char> LeadingMarks = SearchValues.Create(".?:,)]}=+-*/%&|^<>{;");
    private static readonly SearchValues<char> TrailingMarks = SearchValues.Create(",([.=+-*/%<&|^:\\");

    private static readonly SearchValues<string> AfterDedent = SearchValues.Create(
        [
            "else", "elif", "elsif", "elseif", "except", "finally", "ensure", "rescue", "end", "endif", "endfunction", "endmacro", "endforeach", "endwhile",
            "fi", "done", "esac", "then", "do", "catch", "after", "until", "next", "loop", "wend",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a token on a new line goes on with a statement whose brace was closed.</summary>
    public static bool IsAfterBlock(string text, CodeToken token) => token.Kind switch
    {
        CodeTokenKind.Word => Clauses.Contains(token.Of(text).ToString()),
        CodeTokenKind.Mark => Clausemarks.Contains(text[token.Start]),
        _ => false,
    };

    /// <summary>Whether a line that is not indented deeper goes on with the item before it.</summary>
    public static bool IsAfterIndented(string text, CodeToken token) => token.Kind switch
    {
        CodeTokenKind.Word => AfterDedent.Contains(token.Of(text).ToString()),
        CodeTokenKind.Mark => text[token.Start] is ')' or ']' or '}',
        _ => false,
    };

    /// <summary>Whether a token on a new line goes on with the statement of the line before.</summary>
    public static bool GoesOn(string text, SourceLanguage language, List<CodeToken> header, CodeToken last, CodeToken token) =>
        EndsOpen(text, last) || StartsInside(text, language, token) || IsAnnotation(text, header);

    private static bool EndsOpen(string text, CodeToken last)
    {
        if (last.Kind == CodeTokenKind.Word)
        {
            return Prefixes.Contains(last.Of(text).ToString());
        }

        char mark = text[last.Start];
        bool isDoubled = last.Start > 0 && text[last.Start - 1] == mark;
        return last.Kind == CodeTokenKind.Mark
            && ((TrailingMarks.Contains(mark) && !(mark is '+' or '-' && isDoubled)) || (mark == '>' && last.Start > 0 && text[last.Start - 1] is '=' or '-'));
    }

    private static bool StartsInside(string text, SourceLanguage language, CodeToken token) => token.Kind switch
    {
        CodeTokenKind.Word => language.OperatorsLead && Infixes.Contains(token.Of(text).ToString()),
        CodeTokenKind.Mark => text[token.Start] is ')' or ']' or '}' || (language.OperatorsLead && LeadingMarks.Contains(text[token.Start])),
        _ => false,
    };

    /// <summary>Whether there is nothing yet but annotations, such as <c>@Name(…)</c>.</summary>
    private static bool IsAnnotation(string text, List<CodeToken> header)
    {
        for (int index = 0; index < header.Count; index++)
        {
            bool isPart = header[index].Kind == CodeTokenKind.Mark
                ? text[header[index].Start] is '@' or '.' or '(' or ':'
                : header[index].Kind == CodeTokenKind.Word && index > 0 && text[header[index - 1].Start] is '@' or '.' or ':';
            if (!isPart)
            {
                return false;
            }
        }

        return header.Count > 0;
    }
}
