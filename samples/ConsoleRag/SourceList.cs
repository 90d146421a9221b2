using Microsoft.Extensions.AI;
using Spectre.Console;

namespace ConsoleRag;

/// <summary>The sources that an answer cites, by their numbers.</summary>
internal static class SourceList
{
    public static void Write(Screen screen, ChatResponse response)
    {
        (string Marker, string? Title)[] sources =
        [
            .. response.Messages.SelectMany(Cited).OrderBy(source => source.Marker.Length).ThenBy(source => source.Marker, StringComparer.Ordinal),
        ];
        if (sources.Length == 0)
        {
            return;
        }

        screen.Output.WriteLine();
        screen.Output.MarkupLine("[bold]Sources cited[/]");
        foreach ((string marker, string? title) in sources)
        {
            screen.WriteLine($"  {marker} {title}");
        }
    }

    /// <summary>Each citation's title with its marker, [1], as the answer has it.</summary>
    private static IEnumerable<(string Marker, string? Title)> Cited(ChatMessage message) =>
        from content in message.Contents
        from citation in (content.Annotations ?? []).OfType<CitationAnnotation>()
        let region = citation.AnnotatedRegions!.OfType<TextSpanAnnotatedRegion>().First()
        select (message.Text[region.StartIndex!.Value..region.EndIndex!.Value], citation.Title);
}
