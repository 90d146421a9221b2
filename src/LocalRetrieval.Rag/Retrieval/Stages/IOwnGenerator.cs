namespace LocalRetrieval.Rag;

/// <summary>A generator whose store applies the filter: what others find is held to it.</summary>
internal interface IOwnGenerator;
