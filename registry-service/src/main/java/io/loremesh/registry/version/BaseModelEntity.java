package io.loremesh.registry.version;

import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.registry.resource.Timestamps;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "base_model")
public class BaseModelEntity extends PanacheEntityBase {
    @Id
    public String id;

    public String digest;
    public String architecture;

    @Column(name = "parameter_count")
    public long parameterCount;

    @Column(name = "create_time")
    public Instant createTime;

    public BaseModel toProto() {
        return BaseModel.newBuilder()
                .setName("models/" + id)
                .setDigest(digest)
                .setArchitecture(architecture)
                .setParameterCount(parameterCount)
                .setCreateTime(Timestamps.of(createTime))
                .build();
    }
}
