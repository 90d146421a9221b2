using System.Globalization;
using System.Text.RegularExpressions;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;

namespace Samples.Chat;

/// <summary>The question and the sources that <see cref="RetrievalChatClient"/> wrote into the last user message.</summary>
/// <remarks>
/// The format is that of <see cref="ContextBuilder"/>: before each source a line of a boundary that no source holds, then a line with the
/// number in brackets, the name and the headings, then the text; the boundary between dashes ends them all.
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
        return Read(text, end);
    }

    /// <summary>Reads the text of a message; without the format, there are no sources.</summary>
    public static RetrievalPrompt Read(string message) => Read(message, message.LastIndexOf(QuestionMarker, StringComparison.Ordinal));

    private static RetrievalPrompt Read(string text, int end) => end < 0
        ? new RetrievalPrompt(text, [])
        : new RetrievalPrompt(text[(end + QuestionMarker.Length)..], ReadSources(text[..end]));

    /// <summary>Reads the sources of a text that has them in the format, whatever stands before and behind.</summary>
    public static List<NumberedSource> ReadSources(string prompt)
    {
        if (EndRegex().Match(prompt) is not { Success: true } end)
        {
            return [];
        }

        string[] parts = prompt[..end.Index].Split($"--{end.Groups["boundary"].Value}\n");
        return [.. parts.Skip(1).Select(part => HeaderRegex().Match(part)).Where(header => header.Success).Select(ReadSource)];
    }

    private static NumberedSource ReadSource(Match header) => new(
        int.Parse(header.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), header.Groups["title"].Value.Trim(), header.Groups["text"].Value.Trim());

    // The last one: a source may hold what looks like the end of another.
    [GeneratedRegex(@"--(?<boundary>[0-9a-f]{16})--(?=\n|\z)", RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex EndRegex();

    [GeneratedRegex(@"\A\[(?<number>[0-9]+)\](?: (?<title>[^\n]*))?(?:\n(?<text>.*))?\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex HeaderRegex();
}
