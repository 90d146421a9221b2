namespace LocalRetrieval.Rag;

/// <summary>A stage that searches with the query's vector: its time starts when that is there.</summary>
internal interface IQueryVectorStage;
