namespace LocalRetrieval.ModelContextProtocol;

/// <summary>A tool was called wrongly; the message says how to call it.</summary>
internal sealed class ToolArgumentException(string message) : Exception(message);
