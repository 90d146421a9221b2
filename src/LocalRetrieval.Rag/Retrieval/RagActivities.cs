using System.Diagnostics;

namespace LocalRetrieval.Rag;

/// <summary>The activities of this package, one a stage.</summary>
internal static class RagActivities
{
    public static readonly ActivitySource Source = new("LocalRetrieval.Rag");
}
