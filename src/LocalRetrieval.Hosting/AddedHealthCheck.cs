namespace LocalRetrieval.Hosting;

/// <summary>A health check that was added: no host takes two of a name.</summary>
internal sealed record AddedHealthCheck(string Name, object? ServiceKey);
