using System.Globalization;
using Microsoft.Extensions.AI;
using Samples;
using Spectre.Console;

namespace ConsoleRag;

/// <summary>The sources that an answer cites, by their numbers.</summary>
internal static class SourceList
{
    public static void Write(Screen screen, ChatResponse response)
    {
        (int Number, string? Title)[] sources = [.. response.Messages.SelectMany(Cited).Distinct().OrderBy(source => source.Number)];
        if (sources.Length == 0)
        {
            return;
        }

        screen.Output.WriteLine();
        screen.Output.MarkupLine("[bold]Sources cited[/]");
        foreach ((int number, string? title) in sources)
        {
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  [{number}] {title}"));
        }
    }

    /// <summary>Each citation's number and title.</summary>
    private static IEnumerable<(int Number, string? Title)> Cited(ChatMessage message) =>
        from content in message.Contents
        from citation in (content.Annotations ?? []).OfType<CitationAnnotation>()
        select ((int)citation.AdditionalProperties!["localretrieval.number"]!, citation.Title);
}
