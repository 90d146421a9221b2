using System.Globalization;
using System.Text.RegularExpressions;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;

namespace ConsoleRag.Chat;

/// <summary>A source as the prompt holds it: its number, its name and headings, and its text.</summary>
internal sealed record NumberedSource(int Number, string Title, string Text);

/// <summary>The question and the sources that <see cref="RetrievalChatClient"/> wrote into the last user message.</summary>
/// <remarks>
/// The format is that of <see cref="ContextBuilder"/>: a line with the number in brackets, the name and the headings, then the text;
/// a blank line before the next. Numbers count from 1 without gaps, so a bracketed number that a source itself holds is taken for a
/// header only if it is the next one and opens a paragraph.
/// </remarks>
internal sealed partial record RetrievalPrompt(string Question, IReadOnlyList<NumberedSource> Sources)
{
    private const string QuestionMarker = "\n\nQuestion: ";

    /// <summary>Reads the last user message; without one, or without the format, there are no sources.</summary>
    public static RetrievalPrompt Read(IEnumerable<ChatMessage> messages)
    {
        ChatMessage? message = messages.LastOrDefault(message => message.Role == ChatRole.User);
        string text = message?.Text ?? "";
        int end = message?.Contents is [TextContent { Text: var prompt }, _, ..]
            && prompt.EndsWith(QuestionMarker, StringComparison.Ordinal)
            ? prompt.Length - QuestionMarker.Length
            : text.LastIndexOf(QuestionMarker, StringComparison.Ordinal);
        return end < 0
            ? new RetrievalPrompt(text, [])
            : new RetrievalPrompt(text[(end + QuestionMarker.Length)..], ReadSources(text[..end]));
    }

    private static List<NumberedSource> ReadSources(string prompt)
    {
        List<NumberedSource> sources = [];
        Match? open = null;
        foreach (Match header in HeaderRegex().Matches(prompt))
        {
            int next = sources.Count + (open is null ? 1 : 2);
            if (int.Parse(header.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) == next)
            {
                Close(prompt, open, header.Index, sources);
                open = header;
            }
        }

        Close(prompt, open, prompt.Length, sources);
        return sources;
    }

    private static void Close(string prompt, Match? header, int end, List<NumberedSource> sources)
    {
        if (header is not null)
        {
            string text = prompt[(header.Index + header.Length)..end].Trim();
            sources.Add(new NumberedSource(sources.Count + 1, header.Groups["title"].Value.Trim(), text));
        }
    }

    [GeneratedRegex(@"(?:\A|(?<=\n\n))\[(?<number>[0-9]{1,4})\](?: (?<title>[^\n]*))?(?:\n|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderRegex();
}
