namespace LocalRetrieval.Mcp;

/// <summary>How clients reach the server.</summary>
internal enum Transport
{
    /// <summary>By the standard streams: the client starts the server.</summary>
    Stdio,

    /// <summary>By streamable HTTP.</summary>
    Http,
}
