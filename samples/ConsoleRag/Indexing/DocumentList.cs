using LocalRetrieval.Rag;
using Samples;

namespace ConsoleRag.Indexing;

/// <summary>What can be asked about, where nobody is there to be asked for a question.</summary>
internal static class DocumentList
{
    private const int MaxNames = 10;

    public static void Write(Screen screen, IReadOnlyList<SourceDocument> documents)
    {
        foreach (SourceDocument document in documents.Take(MaxNames))
        {
            screen.WriteLine($"  {document.Source}");
        }

        if (documents.Count > MaxNames)
        {
            screen.WriteLine($"  … and {documents.Count - MaxNames} more");
        }

        screen.WriteLine("Ask about them with --question \"…\", or without it on a terminal.");
    }
}
