namespace LocalRetrieval.ModelContextProtocol.Tests;

/// <summary>The two newest versions of the protocol that the SDK knows.</summary>
internal static class ProtocolVersions
{
    public const string Newest = "2026-07-28";
    public const string Before = "2025-11-25";

    public static TheoryData<string> Both => [Newest, Before];
}
