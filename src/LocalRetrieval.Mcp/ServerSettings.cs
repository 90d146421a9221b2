using System.Net;

namespace LocalRetrieval.Mcp;

/// <summary>What the command line and the environment say.</summary>
internal sealed record ServerSettings
{
    /// <summary>The folder of documents.</summary>
    public required string Docs { get; init; }

    /// <summary>What the documents are called to models, such as <c>the handbook</c>; null where nobody says.</summary>
    public string? Name { get; init; }

    /// <summary>Whether search gives the passages' texts.</summary>
    public bool Snippets { get; init; }

    /// <summary>The address that HTTP is served at, one of the loopback interface.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>What clients of HTTP must show; null where they need not.</summary>
    public string? Token { get; init; }
}
