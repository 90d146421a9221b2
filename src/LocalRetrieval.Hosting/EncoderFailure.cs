namespace LocalRetrieval.Hosting;

/// <summary>Why an encoder could not be warmed up.</summary>
internal sealed record EncoderFailure(string Name, Exception Exception);
