using System.Globalization;
using Microsoft.Extensions.AI;
using Spectre.Console;

namespace ConsoleRag;

/// <summary>The sources that an answer cites.</summary>
internal static class SourceList
{
    public static void Write(IAnsiConsole console, ChatResponse response)
    {
        IEnumerable<CitationAnnotation> citations = response.Messages
            .SelectMany(message => message.Contents)
            .SelectMany(content => content.Annotations ?? [])
            .OfType<CitationAnnotation>();
        string[] titles = [.. citations.Select(citation => citation.Title ?? "untitled").Distinct()];
        if (titles.Length == 0)
        {
            return;
        }

        console.MarkupLine("[bold]Sources cited[/]");
        foreach (string title in titles)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {title}");
        }
    }
}
