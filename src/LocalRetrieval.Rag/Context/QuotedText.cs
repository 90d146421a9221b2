using System.Text;
using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>Text of a document as it can stand in a prompt: nothing in it cites, and nothing in it is a token by which chat templates change role.</summary>
/// <remarks>Characters are replaced one by one, so that lengths and offsets stay.</remarks>
internal static partial class QuotedText
{
    /// <summary>A text in which [1] stands as (1), and <c>&lt;|im_start|&gt;</c> as <c>‹¦im_start¦›</c>. Of the former, code keeps all but what opens a line
    /// as a source's header does.</summary>
    public static string Of(string text, bool citeAfterWords = false)
    {
        string quoted = TemplateTokenRegex().Replace(text, static token => Disarm(token.Value));
        quoted = HeaderRegex().Replace(quoted, static header => Disarm(header.Value));
        IReadOnlyList<CitationMarker> markers = Markers(quoted, citeAfterWords);
        if (markers.Count == 0)
        {
            return quoted;
        }

        StringBuilder builder = new(quoted);
        foreach (CitationMarker marker in markers)
        {
            (builder[marker.Start], builder[marker.End - 1]) = ('(', ')');
        }

        return builder.ToString();
    }

    /// <summary>The same in one line, for a source's name.</summary>
    public static string LineOf(string text, bool citeAfterWords = false) => LineBreakRegex().Replace(Of(text, citeAfterWords), " ");

    private static IReadOnlyList<CitationMarker> Markers(string text, bool citeAfterWords)
    {
        CitationScanner scanner = new(citesAfterWords: citeAfterWords);
        scanner.Append(text);
        scanner.Complete();
        return scanner.Markers;
    }

    private static string Disarm(string token) => string.Create(token.Length, token, static (span, token) =>
    {
        token.CopyTo(span);
        span.Replace('<', '‹');
        span.Replace('>', '›');
        span.Replace('|', '¦');
        span.Replace('｜', '¦');
        span.Replace('[', '(');
        span.Replace(']', ')');
    });

    // ChatML, Llama 2 to 4, Mistral, Gemma, Phi, DeepSeek, Qwen, Command R, GPT-OSS.
    [GeneratedRegex(
        @"<[|｜][^\s<>|｜]{1,40}[|｜]>|<</?SYS>>|\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]|</?(?:s|bos|eos|start_of_turn|end_of_turn)>",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex TemplateTokenRegex();

    [GeneratedRegex(@"(?<=(?:\A|[\r\n\v\f\u0085\u2028\u2029])[ \t>]*)\[\d{1,4}\](?=\s|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderRegex();

    [GeneratedRegex(@"[\r\n\v\f\u0085\u2028\u2029]+", RegexOptions.CultureInvariant)]
    private static partial Regex LineBreakRegex();
}
