namespace LocalRetrieval.VectorData.Records;

internal enum PropertyKind
{
    Key,
    Data,
    Vector,
}
